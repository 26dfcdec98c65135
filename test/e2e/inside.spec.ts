import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

test('what the student guesses behind the mask is drawn, better and better than the mean', async ({
  playground,
}) => {
  await playground.open('batchSize=8&steps=80')
  const figure = playground.figure('Behind the mask')
  await figure.scrollIntoViewIfNeeded()
  await expect(figure.getByRole('heading', { name: 'The student guesses' })).toBeVisible()
  await expect(figure).toContainText('after step 0')
  await expect(figure.locator('canvas')).toHaveCount(4)

  await playground.train.click()
  await expect(figure).toContainText('after step 80', { timeout: 120_000 })
  const [, guess, mean] =
    /: ([\d.]+) for the student’s guess.* ([\d.]+) for always drawing the likeliest/.exec(
      (await figure.textContent()) ?? '',
    ) ?? []
  expect(Number(guess)).toBeLessThan(0.9 * Number(mean)) // at the start it is no better
})

test('a waveform says why it is not drawn', async ({ playground }) => {
  await playground.open('frontEnd=waveform&convChannels=16&clipSeconds=0.5', 'audio')
  const figure = playground.figure('Behind the mask')
  await figure.scrollIntoViewIfNeeded()
  await expect(figure).toContainText('A waveform cannot be drawn so simply')
})

test('where a place looks can be followed by keyboard, block by block and head by head', async ({
  playground,
}) => {
  await playground.open('batchSize=8')
  const figure = playground.figure('Attention')
  await figure.scrollIntoViewIfNeeded()
  await expect(figure).toContainText('Block 2, mean of all heads')
  await figure.getByRole('slider').focus()
  await expect(figure).toContainText('seen from Row 1, column 1')
  await playground.page.keyboard.press('ArrowRight')
  await playground.page.keyboard.press('ArrowDown')
  await expect(figure).toContainText('seen from Row 2, column 2')

  const [block, head] = ['Block', 'Head'].map((name) => figure.getByRole('group', { name }))
  await block.getByRole('radio', { name: '1', exact: true }).check({ force: true })
  await head.getByRole('radio', { name: '3', exact: true }).check({ force: true })
  await expect(figure).toContainText('Block 1, head 3, seen from Row 2, column 2')
  await expect(figure).toContainText(/Teacher: (Most to|To all) .* Student: (Most to|To all) /)
})
