import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

/** What stands under a name in the figure, as a number. */
const share = /^[\d.]+ %$/

test('shows what has been learnt beside its random start and raw input', async ({ playground }) => {
  await playground.open()
  const figure = playground.figure('What it has learnt')
  const reading = (name: string) =>
    figure.locator('div', { has: playground.page.getByText(name, { exact: true }) }).getByRole('definition')
  await playground.measure()
  await expect(reading('random start')).toHaveText(share)
  await expect(reading('raw input')).toHaveText(share)
  const start = await reading('random start').innerText()

  await playground.train.click()
  await expect.poll(() => playground.steps(), { timeout: 120_000 }).toBeGreaterThan(150)
  await playground.pause.click()
  await playground.measure()
  await expect(figure).toContainText(/At step (?!0)\d+/)
  await expect(reading('random start')).toHaveText(start)
  expect(parseFloat(await reading('teacher').innerText())).toBeGreaterThan(parseFloat(start))

  await figure.getByRole('button', { name: 'Show what is mixed up' }).click()
  await expect(figure.getByRole('rowheader')).toHaveCount(10)
  await expect(figure).toContainText(/\d+ of \d+ × “.+” were taken for “.+”/)
})
