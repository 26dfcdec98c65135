import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

test('the page tells of the GPU, measures it, and stops when told to, or when nobody looks any more', async ({
  playground,
}) => {
  const { page } = playground
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await playground.open('batchSize=4')
  await playground.expectPausedAt(0)
  await page.getByRole('button', { name: 'About this GPU' }).click()
  const dialog = page.getByRole('dialog', { name: 'About this GPU' })
  await expect(dialog).toContainText(/swiftshader/i)
  await dialog.getByRole('button', { name: 'Measure' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Measuring Tiny…')
  await expect(dialog.getByRole('row', { name: /Tiny/ })).toContainText('±', { timeout: 90_000 })
  await dialog.getByRole('button', { name: 'Stop' }).click()
  await expect(dialog.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 60_000 })

  await page.setViewportSize({ width: 360, height: 800 })
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  await dialog.getByRole('button', { name: 'Measure again' }).click()
  await expect(dialog.getByRole('status')).toContainText('Measuring')
  await page.keyboard.press('Escape')
  const opener = page.getByRole('button', { name: 'About this GPU' })
  await expect(opener).toBeFocused()
  await opener.click()
  await expect(dialog.getByRole('button', { name: 'Measure' })).toBeVisible()
})
