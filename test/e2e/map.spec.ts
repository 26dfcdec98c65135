import { expect, type Page } from '@playwright/test'
import { test } from './support/playground.ts'

test('the map draws points that can be looked at, and finds what is most like one', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open()
  const figure = playground.figure('The map')
  await figure.scrollIntoViewIfNeeded()
  const points = figure.getByRole('slider', { name: 'Sample' })
  await playground.measure()
  await expect(points).toBeVisible()
  await expect(figure.getByRole('list', { name: 'Classes' }).getByRole('button')).toHaveCount(10)
  await expect.poll(() => colours(page, points.screenshot())).toBeGreaterThan(10)

  await points.press('ArrowRight')
  await points.press('ArrowRight')
  await expect(points).toHaveAttribute('aria-valuetext', /\w+/)
  await points.press('Enter')
  for (const name of ['By representation', 'By raw input']) {
    const found = figure.getByRole('region', { name })
    await expect(found.getByRole('listitem')).toHaveCount(5)
    await expect(found).toContainText(/\d of 5 of the same class/)
  }
  await figure.getByRole('button', { name: 'Close' }).click()
  await points.click()
  await expect(figure.getByRole('region', { name: /^Most like/ })).toBeVisible()

  const before = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 800 })
  await expect.poll(async () => (await points.boundingBox())?.width).toBeLessThan(330)
  if (before) await page.setViewportSize(before)

  await playground.choose('UMAP')
  await expect(figure.getByRole('progressbar', { name: 'Laying the samples out' })).toBeVisible()
  await expect(figure.getByRole('progressbar')).toBeHidden({ timeout: 120_000 })
  await expect(figure).toContainText('laid out by the most similar ones together')
})

/** How many colours a picture has. */
async function colours(page: Page, picture: Promise<Buffer>): Promise<number> {
  const png = (await picture).toString('base64')
  return page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] }
    return new Set(new Uint32Array(Uint8ClampedArray.from(data).buffer)).size
  }, png)
}
