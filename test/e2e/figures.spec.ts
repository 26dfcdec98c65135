import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

test('the figures answer to their settings before the first step', async ({ playground }) => {
  await playground.open()
  const masking = playground.figure('Masking')
  await expect(masking).toContainText('10 of 16 patches')
  await playground.setting('Mask ratio').fill('0.2')
  await playground.setting('Mask ratio').press('Enter')
  await expect(masking).toContainText('3 of 16 patches')

  const ema = playground.figure('EMA schedule')
  await expect(ema).toContainText('in 69 steps')
  await playground.setting('EMA decay τ₀, at the start').fill('0.9')
  await playground.setting('EMA decay τ₀, at the start').press('Enter')
  await expect(ema).toContainText('At τ = 0.90 half of the teacher is replaced in 7 steps')
})

test('another mask hides other patches of the same sample', async ({ playground }) => {
  await playground.open('patchSize=4') // 49 patches: two masks are hardly ever the same
  const masking = playground.figure('Masking')
  const hidden = masking.locator('path[fill^=url]') // the hatch
  const before = (await hidden.getAttribute('d')) ?? ''
  await masking.getByRole('button', { name: 'Another mask' }).click()
  await expect(hidden).not.toHaveAttribute('d', before)
})

test('a figure is saved as it stands: as an image, and as drawing and text', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  const save = async (kind: string) => {
    await page.getByRole('button', { name: 'Save Teacher and student as a picture' }).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: kind }).click()
    const file = await saved
    expect(file.suggestedFilename()).toBe(`data2vec-teacher-and-student.${kind.toLowerCase()}`)
    return readFile(await file.path())
  }
  const { width = 0 } = (await playground.figure('Teacher and student').boundingBox()) ?? {}
  const png = await save('PNG')
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16) / 2).toBeCloseTo(width, -1)
  const svg = (await save('SVG')).toString()
  expect(svg).toContain('those hidden from')
  expect(svg).toContain('data:image/png;base64,') // the sample
  const drawn = await page.evaluate(async (text) => {
    const image = new Image()
    image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
    await image.decode()
    return image.width
  }, svg)
  expect(drawn).toBeCloseTo(width, -1)
})
