import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { drop } from './support/drop.ts'
import { test } from './support/playground.ts'
import { png } from './support/png.ts'

test('axe finds nothing wrong, in light and dark, on a desk and in the hand', async ({ playground }) => {
  const { page } = playground
  await page.emulateMedia({ reducedMotion: 'reduce' }) // colours that are on their way have no contrast to check
  await playground.open('lr=fast')
  await drop(playground.dropZone, [
    { name: 'red.png', mimeType: 'image/png', buffer: png(40, [200, 30, 30]) },
    { name: 'blue.png', mimeType: 'image/png', buffer: png(40, [30, 30, 200]) },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Buy milk.') },
  ])
  await expect(playground.own('image').getByRole('option')).toHaveCount(2)
  // The run on these images opens by itself, a moment later.
  await expect(playground.figure('Teacher and student')).toContainText(/red\.png|blue\.png/)
  await playground.expectPausedAt(0)
  await playground.step.click()
  await playground.expectPausedAt(1)
  await page.getByLabel('All settings').check()

  for (const colorScheme of ['light', 'dark'] as const)
    for (const size of [
      { width: 1440, height: 900 },
      { width: 360, height: 800 },
    ]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(size)
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
      )
      expect.soft(found, `${colorScheme}, ${size.width} px`).toEqual([])
    }
})

test('the keyboard alone reaches Train and starts it', async ({ playground }) => {
  const { page, train } = playground
  await playground.open('batchSize=8&steps=60')
  await expect
    .poll(async () => {
      await page.keyboard.press('Tab')
      return train.evaluate((button) => button === document.activeElement)
    })
    .toBe(true)
  await page.keyboard.press('Enter')
  await expect(playground.pause).toBeVisible()
  await expect.poll(() => playground.steps()).toBeGreaterThan(0)
})

test('nothing is wider than a narrow phone', async ({ playground }) => {
  await playground.page.setViewportSize({ width: 360, height: 800 })
  await playground.open()
  const width = await playground.page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBe(360)
})
