import { expect } from '@playwright/test'
import { drop } from './support/drop.ts'
import { test } from './support/playground.ts'
import { png } from './support/png.ts'

const image = (name: string, colour: readonly [number, number, number]) => ({
  name,
  mimeType: 'image/png',
  buffer: png(40, colour),
})
const RED = image('red.png', [200, 30, 30])
const BLUE = image('blue.png', [30, 30, 200])
const CORRUPT = { ...RED, name: 'corrupt.png', buffer: RED.buffer.subarray(0, 60) }
const NOTES = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Buy milk.') }

test('takes dropped images, names what it cannot use, and trains on the rest', async ({ playground }) => {
  await playground.open()
  await drop(playground.dropZone, [RED, CORRUPT, BLUE, NOTES])
  await expect(playground.images.getByRole('option')).toHaveCount(2)
  await expect(playground.page.getByText('2 files were not added')).toBeVisible()
  await expect(playground.page.getByText('“corrupt.png” is damaged')).toBeVisible()
  await expect(playground.page.getByText('“notes.txt” is text')).toBeVisible()
  await expect(playground.sampleSet('My images')).toBeChecked()

  await playground.expectPausedAt(0)
  await expect(playground.figure('Teacher and student')).toContainText(/red\.png|blue\.png/)
  await playground.step.click()
  await playground.expectPausedAt(1)

  await drop(playground.dropZone, [CORRUPT])
  await expect(playground.page.getByText('3 files were not added')).toBeVisible()
  await expect(playground.images.getByRole('option')).toHaveCount(2)
  await playground.expectPausedAt(1)
})

test('removes images with the keyboard, and all of them when asked twice', async ({ playground }) => {
  const { page, images } = playground
  await playground.open()
  await page.getByLabel('Add files').setInputFiles([RED, BLUE, image('green.png', [30, 160, 30])])
  await expect(images.getByRole('option')).toHaveCount(3)

  await images.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(images.getByRole('option', { name: 'blue.png' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Delete')
  await expect(images.getByRole('option')).toHaveCount(2)
  await expect(images.getByRole('option', { name: 'blue.png' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Remove all' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(images).toHaveCount(0)
  await expect(playground.sampleSet('My images')).toBeDisabled()
})

test('takes 5,000 files with 3 bad ones among them', async ({ playground }) => {
  await playground.open()
  const bytes = [...RED.buffer]
  const dataTransfer = await playground.page.evaluateHandle((png) => {
    const transfer = new DataTransfer()
    for (let i = 0; i < 5000; i++) {
      const content = i % 2000 === 7 ? 'not an image' : Uint8Array.from(png)
      transfer.items.add(new File([content], `photo ${i}.png`, { type: 'image/png' }))
    }
    return transfer
  }, bytes)
  await playground.dropZone.dispatchEvent('drop', { dataTransfer })
  await expect(playground.page.getByRole('progressbar', { name: 'Adding files' })).toBeVisible()
  await expect(playground.page.getByText('4,997 images')).toBeVisible({ timeout: 150_000 })
  for (const bad of [7, 2007, 4007])
    await expect(playground.page.getByText(`“photo ${bad}.png” is text`)).toBeVisible()

  const options = playground.images.getByRole('option')
  await playground.images.focus()
  await playground.page.keyboard.press('End')
  await expect(options.last()).toHaveAttribute('aria-posinset', '4997')
  expect(await options.count(), 'thumbnails that exist at a time').toBeLessThan(100)
})
