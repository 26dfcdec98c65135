import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

/** The presets that fail on purpose, small and short enough for a software GPU. */
const SHORT = 'preset=collapse&batchSize=4&steps=80'

const KINDS = [
  {
    modality: 'image',
    answer: 'one answer for everything',
    way: 'Start anew with instance norm',
    turned: /targetNorm=instance/,
  },
  {
    modality: 'text',
    answer: 'one answer for each place',
    way: 'Start anew with positions by convolution',
    turned: /positions=conv/,
  },
] as const

for (const { modality, answer, way, turned } of KINDS)
  test(`${answer} is called a collapse, and one button starts another run that is none`, async ({
    playground,
  }) => {
    const { page } = playground
    const figure = playground.figure('Collapse')
    const notice = page.getByText(`This run has collapsed: ${answer}`)
    await page.goto(`./#modality=${modality}&${SHORT}`)
    await playground.expectReady()
    await expect(figure).toContainText('Press Train')

    await playground.train.click()
    await expect(notice).toBeVisible()
    await expect(figure).toContainText(`Collapsed: ${answer}.`)

    await page.getByRole('button', { name: way }).click()
    await expect(page.getByText('The run has made its 80 steps')).toBeVisible()
    await expect(figure).toContainText('No collapse.')
    await expect(notice).toBeHidden()
    await expect(page).toHaveURL(turned)
  })
