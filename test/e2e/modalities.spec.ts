import { expect } from '@playwright/test'
import { MODALITY_NAMES, type ModalityName } from '../../src/config/modalities.ts'
import { tone, wav } from '../support/wav.ts'
import { drop } from './support/drop.ts'
import { test, type Playground } from './support/playground.ts'
import { png } from './support/png.ts'

const RATE = 8000

const PICTURE = { name: 'sunset.png', mimeType: 'image/png', buffer: png(40, [200, 90, 30]) }
const SOUND = {
  name: 'tone.wav',
  mimeType: 'audio/wav',
  buffer: Buffer.from(wav({ rate: RATE, channels: 1, bits: 16, frames: 3 * RATE, sampleAt: tone(RATE) })),
}
const TEXT = {
  name: 'owl.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from('The owl flew over the barn. It was late, and nobody heard it but the dog.'),
}
const BROKEN = { name: 'broken.wav', mimeType: 'audio/wav', buffer: SOUND.buffer.subarray(0, 30) }

/** Small batches and a schedule that ends within a minute or two on a software GPU. */
const SHORT_RUN = { 'Batch size': '8', Steps: '80' }

/** Opens a tab and chooses the tiny preset with a short schedule, by hand. */
async function openTiny(playground: Playground, modality: ModalityName): Promise<void> {
  await playground.tab(modality).click()
  await playground.choose('Tiny')
  for (const [title, value] of Object.entries(SHORT_RUN)) {
    await playground.setting(title).fill(value)
    await playground.setting(title).press('Enter')
  }
  await playground.expectPausedAt(0)
}

test('three modalities train side by side, in turns, and their losses fall together', async ({
  playground,
}) => {
  const { page } = playground
  await page.goto('./')
  for (const modality of MODALITY_NAMES) await openTiny(playground, modality)

  await playground.tab('audio').click()
  await playground.train.click()
  await expect.poll(() => playground.steps()).toBeGreaterThan(1)
  await playground.tab('text').click()
  await playground.train.click()
  await expect.poll(() => playground.steps()).toBeGreaterThan(1)
  await playground.tab('audio').click() // where it has gone on meanwhile
  await expect.poll(() => playground.steps()).toBeGreaterThan(3)
  await expect(playground.pause).toBeVisible()

  await playground.trainAll.click()
  await expect(page.getByRole('button', { name: 'Pause all' })).toBeVisible()
  for (const modality of MODALITY_NAMES)
    await expect
      .poll(() => playground.lossRatio(modality), { message: modality, timeout: 170_000 })
      .toBeLessThan(0.9)
  await playground.choose('Time')
})

test('files of all kinds dropped together go each to their own modality, which trains on them', async ({
  playground,
}) => {
  await playground.open('batchSize=4&steps=60')
  await drop(playground.dropZone, [SOUND, TEXT, BROKEN, PICTURE])
  await expect(playground.page.getByText('“broken.wav”')).toBeVisible()
  await expect(playground.own('image').getByRole('option')).toHaveCount(1)
  for (const [modality, title, label] of [
    ['image', 'My images', 'sunset.png'],
    ['audio', 'My recordings', 'tone.wav'],
    ['text', 'My texts', 'owl.txt'],
  ] as const) {
    await playground.tab(modality).click()
    await expect(playground.sampleSet(title)).toBeChecked()
    await expect(playground.own(modality).getByRole('option')).toHaveCount(1)
    await expect(playground.figure('Teacher and student')).toContainText(label)
    await playground.choose('Tiny')
    // The run before it stands at step 0, too: what is Tiny has tens of thousands of weights.
    await expect(playground.figure('Teacher and student')).toContainText(/moves its \d\d,\d{3} weights/)
    await playground.expectPausedAt(0)
    await playground.step.click()
    await playground.expectPausedAt(1)
  }
})

test('a sound can be heard whole and masked, and pasted text becomes a passage to train on', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open('batchSize=4&steps=60', 'audio')
  const masking = playground.figure('Masking')
  for (const name of ['Play whole (teacher)', 'Play masked (student)']) {
    await masking.getByRole('button', { name }).click()
    await masking.getByRole('button', { name: 'Stop' }).click()
    await expect(masking.getByRole('button', { name })).toBeVisible()
  }

  await playground.open('batchSize=4&steps=60', 'text')
  await page.getByLabel('Paste or type text').fill('An owl is a bird of prey. Mice fear it.')
  await page.getByRole('button', { name: 'Add text' }).click()
  await expect(playground.own('text').getByRole('option')).toHaveCount(1)
  await expect(playground.sampleSet('My texts')).toBeChecked()
  await playground.expectPausedAt(0)
  await expect(playground.figure('Masking').locator('[data-masked]').first()).toBeVisible()
})
