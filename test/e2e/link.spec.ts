import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

test('a link restores the experiment', async ({ playground }) => {
  await playground.open('seed=7')
  await playground.setting('Mask ratio').fill('0.4')
  await playground.setting('Mask ratio').press('Enter')
  await expect(playground.page).toHaveURL(/#modality=image&preset=tiny&maskRatio=0\.4&seed=7$/)

  await playground.page.reload()
  await expect(playground.setting('Mask ratio')).toHaveValue('0.4')
  await expect(playground.setting('Seed')).toHaveValue('7')
  await expect(playground.page.getByRole('radio', { name: 'Tiny' })).toBeChecked()
})

test('wrong values in a link are named, and the rest of it is used', async ({ playground }) => {
  await playground.open('lr=fast&width=17000&colour=red&seed=7')
  const notice = playground.page.getByRole('alert').filter({ hasText: 'link' })
  await expect(notice).toContainText('Learning rate cannot be “fast”')
  await expect(notice).toContainText('Width cannot be “17000”')
  await expect(notice).toContainText('“colour”')
  await expect(playground.setting('Seed')).toHaveValue('7')

  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toHaveCount(0)
})

test('an experiment is shared as a link that can be copied, or photographed', async ({
  playground,
  context,
}) => {
  const { page } = playground
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await playground.open('lr=0.003')
  await page.getByRole('button', { name: 'Share this experiment' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share this experiment' })
  await expect(dialog.getByRole('img', { name: 'The link as a QR code' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(await dialog.getByLabel('Link').inputValue())
  expect(new URL(link).hash).toBe('#modality=image&preset=tiny&lr=0.003')
})
