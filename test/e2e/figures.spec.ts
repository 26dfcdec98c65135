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
