import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

/** The preset that fails on purpose, small and short enough for a software GPU. */
const COLLAPSE = './#modality=image&preset=collapse&batchSize=4&steps=80'

test('a run that collapses is called a collapse, and one button starts another that does not', async ({
  playground,
}) => {
  const { page } = playground
  const figure = playground.figure('Collapse')
  const notice = page.getByText('This run has collapsed: one answer for everything')
  await page.goto(COLLAPSE)
  await expect(playground.step).toBeEnabled()
  await expect(figure).toContainText('Press Train')

  await playground.train.click()
  await expect(notice).toBeVisible()
  await expect(figure).toContainText('Collapsed: one answer for everything.')

  await page.getByRole('button', { name: 'Start anew with instance norm' }).click()
  await expect(page.getByText('The run has made its 80 steps')).toBeVisible()
  await expect(figure).toContainText('No collapse.')
  await expect(notice).toBeHidden()
  await expect(page).toHaveURL(/targetNorm=instance/)
})
