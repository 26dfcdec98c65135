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

test('where the analysis cannot be loaded, training goes on and the page says so', async ({ playground }) => {
  await playground.page.route(/analysis\.worker/, (route) => route.abort())
  await playground.open('batchSize=8&steps=600')
  await playground.train.click()
  const learnt = playground.page.getByRole('figure', { name: 'What it has learnt' })
  await learnt.getByRole('button', { name: 'Measure now' }).click()
  await expect(learnt.getByRole('alert')).toContainText('cannot be measured now')
  const before = await playground.steps()
  await expect.poll(() => playground.steps()).toBeGreaterThan(before)
})
