import { expect } from '@playwright/test'
import { MODALITIES, MODALITY_NAMES } from '../../src/config/modalities.ts'
import { test } from './support/playground.ts'

for (const modality of MODALITY_NAMES)
  test(`data2vec 2.0 is one choice away for ${MODALITIES[modality].title}: it trains, is drawn and explains itself`, async ({
    playground,
  }) => {
    const { page, form } = playground
    const noun = MODALITIES[modality].token
    const stage = playground.figure('Teacher and student')
    await playground.open('batchSize=8&steps=40', modality)
    await expect(stage).not.toContainText('in each view')
    await form.getByLabel('Method', { exact: true }).selectOption('data2vec 2.0')
    await playground.setting('Views of a sample, M').fill('3')
    await playground.setting('Views of a sample, M').press('Enter')

    await expect(stage).toContainText('as many in each view')
    await expect(stage).toContainText(
      `Gets the visible ${noun.many} alone; its decoder, dashed, puts the others back.`,
    )
    await expect(stage.getByRole('img', { name: /^View \d, masked/ })).toHaveCount(2)
    await expect(stage.getByRole('img', { name: /and 2 layers of a decoder/ })).toBeVisible()

    await playground.train.click()
    await expect(playground.status).toContainText('step 40 of', { timeout: 120_000 })
    expect(await playground.lossRatio(modality)).toBeLessThan(0.97) // nothing learnt would leave it at 1

    const attention = playground.figure('Attention')
    await attention.scrollIntoViewIfNeeded()
    await expect(attention).toContainText(/Student: Most to /)

    await page.reload()
    await playground.expectReady()
    await expect(form.getByLabel('Method', { exact: true })).toHaveValue('2')
    await form.getByLabel('Method', { exact: true }).selectOption('data2vec')
    await expect(stage).not.toContainText('in each view')
    await playground.expectPausedAt(0)
  })
