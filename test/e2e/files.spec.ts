import { expect, type Page } from '@playwright/test'
import { drop } from './support/drop.ts'
import { test, type Playground } from './support/playground.ts'
import { png } from './support/png.ts'

const image = (name: string, colour: readonly [number, number, number]) => ({
  name,
  mimeType: 'image/png',
  buffer: png(40, colour),
})
const RED = image('red.png', [200, 30, 30])
const BLUE = image('blue.png', [30, 30, 200])
const CORRUPT = { ...RED, name: 'corrupt.png', buffer: RED.buffer.subarray(0, 60) }
const NOTES = { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('Buy milk.') }

test('takes dropped images, names what it cannot use, and trains on the rest', async ({ playground }) => {
  await playground.open()
  await drop(playground.dropZone, [RED, CORRUPT, BLUE, NOTES])
  await expect(playground.own('image').getByRole('option')).toHaveCount(2)
  await expect(playground.page.getByText('2 files were not added')).toBeVisible()
  await expect(playground.page.getByText('“corrupt.png” is damaged')).toBeVisible()
  await expect(playground.page.getByText('“notes.jpg” is text')).toBeVisible()
  await expect(playground.sampleSet('My images')).toBeChecked()

  await playground.expectPausedAt(0)
  await expect(playground.figure('Teacher and student')).toContainText(/red\.png|blue\.png/)
  await playground.step.click()
  await playground.expectPausedAt(1)

  await drop(playground.dropZone, [CORRUPT])
  await expect(playground.page.getByText('3 files were not added')).toBeVisible()
  await expect(playground.own('image').getByRole('option')).toHaveCount(2)
  await playground.expectPausedAt(1)
})

test('removes images with the keyboard, and all of them when asked twice', async ({ playground }) => {
  const { page } = playground
  const images = playground.own('image')
  await playground.open()
  await page.getByLabel('Add files').setInputFiles([RED, BLUE, image('green.png', [30, 160, 30])])
  await expect(images.getByRole('option')).toHaveCount(3)

  const second = await images.getByRole('option').nth(1).getAttribute('title') // whichever was decoded second
  const picked = images.getByRole('option', { name: second ?? '' })
  await images.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(picked).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Delete')
  await expect(images.getByRole('option')).toHaveCount(2)
  await expect(picked).toHaveCount(0)

  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Keep' }).click()
  await expect(images.getByRole('option')).toHaveCount(2)
  await expect(images).toBeFocused()
  await page.getByRole('button', { name: 'Deselect' }).click()

  await page.getByRole('button', { name: 'Remove all' }).click()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(images).toHaveCount(0)
  await expect(playground.sampleSet('My images')).toBeDisabled()
})

test('takes a pasted image', async ({ playground }) => {
  await playground.open()
  await playground.page.evaluate(
    (png) => {
      const clipboardData = new DataTransfer()
      clipboardData.items.add(new File([Uint8Array.from(png)], 'image.png', { type: 'image/png' }))
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
    },
    [...RED.buffer],
  )
  await expect(playground.own('image').getByRole('option', { name: 'image.png' })).toBeVisible()
  await expect(playground.sampleSet('My images')).toBeChecked()
})

/** How many files the browser keeps. */
function filesKept(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const open = indexedDB.open('data2vec-files')
    await new Promise((done) => (open.onsuccess = done))
    const count = open.result.transaction('files').objectStore('files').count()
    await new Promise((done) => (count.onsuccess = done))
    open.result.close()
    return count.result
  })
}

test('a person’s own files are there again after a reload, and a run goes on with them', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  await drop(playground.dropZone, [RED, BLUE, image('green.png', [30, 160, 30])])
  await playground.expectPausedAt(0)
  await playground.step.click()
  await playground.expectPausedAt(1)
  await page.reload()
  await expect(playground.own('image').getByRole('option')).toHaveCount(3)
  await expect(playground.sampleSet('My images')).toBeChecked()
  await expect(page.getByText('Part of the link could not be used')).toHaveCount(0)
  await page.getByRole('button', { name: 'Open it' }).click()
  await playground.expectPausedAt(1)
  await playground.step.click()
  await playground.expectPausedAt(2)

  await playground.own('image').getByRole('option').first().click()
  await page.keyboard.press('Delete')
  await expect(playground.own('image').getByRole('option')).toHaveCount(2)
  await expect.poll(() => filesKept(page)).toBe(2)
  await page.reload()
  await expect(playground.own('image').getByRole('option')).toHaveCount(2)
})

test('takes 5,000 files with 3 bad ones among them', async ({ playground }) => {
  await playground.open()
  await dropMany(playground, 5000, [7, 2007, 4007])
  await expect(playground.page.getByText('4,997 images')).toBeVisible({ timeout: 150_000 })
  for (const bad of [7, 2007, 4007])
    await expect(playground.page.getByText(`“photo ${bad}.png” is text`)).toBeAttached()

  const options = playground.own('image').getByRole('option')
  await playground.own('image').focus()
  await playground.page.keyboard.press('End')
  await expect(options.last()).toHaveAttribute('aria-posinset', '4997')
  expect(await options.count(), 'thumbnails that exist at a time').toBeLessThan(100)
})

test('stops adding when asked to, and keeps what it has', async ({ playground }) => {
  const { page } = playground
  const progress = page.getByRole('progressbar', { name: 'Adding files' })
  await playground.open()
  await dropMany(playground, 5000, [])
  await expect(playground.own('image').getByRole('option').first()).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(progress).toHaveCount(0)
  await expect(playground.own('image').getByRole('option').first()).toBeVisible()
  await expect(page.getByText('5,000 images')).toHaveCount(0)
})

/** Drops copies of one image, with text in the place of some. They are made in the page: as a message they are slow. */
async function dropMany(
  { page, dropZone }: Playground,
  count: number,
  bad: readonly number[],
): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ({ png, count, bad }) => {
      const transfer = new DataTransfer()
      for (let i = 0; i < count; i++) {
        const content = bad.includes(i) ? 'not an image' : Uint8Array.from(png)
        transfer.items.add(new File([content], `photo ${i}.png`, { type: 'image/png' }))
      }
      return transfer
    },
    { png: [...RED.buffer], count, bad },
  )
  await dropZone.dispatchEvent('drop', { dataTransfer })
}
