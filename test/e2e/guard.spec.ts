import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

test('a figure that cannot be loaded leaves the rest of the page as it is', async ({ playground }) => {
  await playground.page.route(/EmaFigure/, (route) => route.abort())
  await playground.open('batchSize=8&steps=60')
  const broken = playground.page.getByRole('alert').filter({ hasText: 'EMA schedule' })
  await expect(broken).toContainText('This part of the page could not be drawn.')
  await expect(broken.getByRole('button', { name: 'Draw it again' })).toBeVisible()
  await playground.train.click()
  await expect.poll(() => playground.steps()).toBeGreaterThan(2)
})
