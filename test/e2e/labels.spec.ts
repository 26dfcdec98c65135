import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from './support/playground.ts'
import { drawnPng } from './support/png.ts'

const KINDS = ['across', 'down'] as const
const EACH = 16

/** Stripes of some width that lie across the picture, or go down it. */
function stripes(kind: (typeof KINDS)[number], width: number): Buffer {
  return drawnPng(32, (x, y) => {
    const at = kind === 'across' ? y : x
    const value = Math.floor(at / width) % 2 === 0 ? 40 : 215
    return [value, value, value]
  })
}

test('what a person’s own images are is known by their folders, and by what the person says', async ({
  playground,
}, testInfo) => {
  const { page } = playground
  const folder = testInfo.outputPath('stripes')
  for (const kind of KINDS) {
    await mkdir(join(folder, kind), { recursive: true })
    for (let i = 0; i < EACH; i++) await writeFile(join(folder, kind, `${i}.png`), stripes(kind, 2 + (i % 8)))
  }
  await playground.open()
  await page.getByLabel('Add a folder').setInputFiles(folder)
  const labels = page.getByRole('list', { name: 'Labels' })
  await expect(labels.getByRole('listitem')).toHaveText([`across${EACH}`, `down${EACH}`])

  const figure = playground.figure('What it has learnt')
  const reading = (name: string) =>
    figure.locator('div', { has: page.getByText(name, { exact: true }) }).getByRole('definition')
  await playground.expectPausedAt(0)
  await expect(reading('random start')).toHaveText(/^[\d.]+ %$/, { timeout: 60_000 })
  await playground.step.click()
  await playground.expectPausedAt(1)

  // Taken back, the labels leave nothing to be told; given again, they are used at once, and the run goes on.
  await labels.getByRole('button', { name: 'down' }).click()
  await page.getByRole('combobox', { name: 'Label' }).fill('')
  await page.getByRole('button', { name: 'Take the label back' }).click()
  await expect(labels.getByRole('listitem')).toHaveText([`across${EACH}`, `no label${EACH}`])
  await expect(figure).toContainText('it takes about 25 labelled samples in all, of two kinds')
  await page.getByRole('combobox', { name: 'Label' }).fill('upright')
  await page.keyboard.press('Enter')
  await expect(labels.getByRole('listitem')).toHaveText([`across${EACH}`, `upright${EACH}`])
  await expect(reading('random start')).toHaveText(/^[\d.]+ %$/, { timeout: 60_000 })
  await playground.expectPausedAt(1)
  await figure.getByRole('button', { name: 'Show what is mixed up' }).click()
  await expect(figure.getByRole('rowheader')).toHaveText([/^across/, /^upright/])
})
