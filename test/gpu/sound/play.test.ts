import { expect, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { playClip } from '../../../src/app/sound/play.ts'
import type { SoundContent } from '../../../src/worker/protocol.ts'

/** A quarter of a second of noise, in five tokens. */
const clip: SoundContent = {
  kind: 'sound',
  rate: 16_000,
  samples: Float32Array.from({ length: 4000 }, (_, i) => Math.sin(i * i) / 10),
  tokenSamples: 800,
  spectrogram: { bands: 1, frames: 1, values: new Uint8Array(1) },
}

/** Browsers let a page play only after a gesture. */
async function clickOnPage(): Promise<void> {
  await userEvent.click(document.body)
}

test('a clip plays to its end and tells where it is', async () => {
  await clickOnPage()
  const positions: number[] = []
  await new Promise<void>((resolve) => playClip(clip, null, (seconds) => positions.push(seconds), resolve))
  expect(positions.length).toBeGreaterThan(1)
  expect(positions).toEqual(positions.toSorted((a, b) => a - b))
  expect(Math.min(...positions)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...positions)).toBeLessThanOrEqual(0.25)
})

test('another clip, or stopping, ends the one that plays; each end is told once', async () => {
  await clickOnPage()
  const ended: string[] = []
  const stopFirst = playClip(clip, null, undefined, () => ended.push('first'))
  const stopSecond = playClip(clip, Uint8Array.of(0, 1, 1, 0, 1), undefined, () => ended.push('second'))
  expect(ended).toEqual(['first'])
  stopSecond()
  expect(ended).toEqual(['first', 'second'])
  stopFirst()
  stopSecond()
  await new Promise<void>((resolve) => playClip(clip, null, undefined, resolve))
  expect(ended).toEqual(['first', 'second'])
})
