import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

test('two settings train in lockstep on the same batches, and their difference is told as it grows', async ({
  playground,
}) => {
  const { page, form } = playground
  await playground.open('width=16&batchSize=2&steps=9999')
  await form.getByRole('button', { name: 'Pin', exact: true }).click()
  await expect(form).toContainText('It makes each step beside this run, on the same batches.')
  await playground.expectPausedAt(0)
  await playground.step.click()
  await playground.expectPausedAt(1)
  const loss = playground.figure('Loss')
  await expect(loss).toContainText('After step 1 the loss is equal to that of A')

  await playground.setting('Learning rate').fill('0.0001')
  await playground.setting('Learning rate').press('Enter')
  await expect(form).toContainText(/Learning rate: 0\.0001 here, 0\.\d+ there\./)
  await playground.train.click()
  await expect(loss).toContainText(
    /After step [\d,]+ the loss is [\d.]+ (above|below) that of A .*means of 50 steps/,
  )
  await playground.pause.click()
  await playground.expectReady()
  const steps = await playground.steps()
  await expect(loss).toContainText(`After step ${steps} the loss is`)
  await expect(loss.getByRole('list', { name: 'Compared runs' })).toContainText(/^ATiny.*, in lockstep/)
  await expect(page.getByRole('listitem').filter({ hasText: /step \d+ of 9,999.*in lockstep/ })).toHaveCount(
    1,
  )

  await expect(playground.figure('Collapse').getByRole('list', { name: 'Compared runs' })).toContainText(
    /^ATiny/,
  )
  await playground.measure()
  const learnt = playground.figure('What it has learnt')
  await expect(learnt.getByRole('list', { name: 'Compared runs' })).toContainText(/^ATiny/, {
    timeout: 120_000,
  })

  await form.getByRole('button', { name: 'Go on alone' }).click()
  await expect(form.getByRole('button', { name: 'Pin', exact: true })).toBeVisible()
  await playground.step.click()
  await playground.expectPausedAt(steps + 1)
  await expect(loss.getByRole('list', { name: 'Compared runs' })).toHaveCount(0)
})
