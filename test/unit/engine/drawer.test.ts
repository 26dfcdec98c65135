import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Overrides } from '../../../src/config/preset.ts'
import { chooseBackend } from '../../../src/engine/backend.ts'
import type { Report, View } from '../../../src/engine/reports.ts'
import { Run } from '../../../src/engine/run.ts'
import { Trainer } from '../../../src/engine/trainer.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { createDataset } from '../../../src/modalities/image/samples.ts'
import { noisePictures, tinyConfig } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

const VIEW: View = { sample: 3, mask: 1, drawing: true }
const SMALL = { imageSize: 8, patchSize: 4, depth: 1, targetLayers: 1, batchSize: 2 } as const

/** Flat pictures, each of another colour: what is hidden of one is like what is seen of it. */
function flatRun(count = 20, overrides: Overrides = {}): Run {
  const { images, ...pictures } = noisePictures(count, 8)
  const flat = images.map((image) => image.map((_, i) => image[i % 3]))
  return new Run('image', imageModality, tinyConfig({ ...SMALL, ...overrides }), (settings) =>
    createDataset({ ...pictures, images: flat }, settings),
  )
}

async function fitDecoder(run: Run): Promise<void> {
  while (!(await run.drawer.work(run.config, true)));
}

async function drawnOf(run: Run, view = VIEW) {
  const { drawn, content, mask } = await run.look(view)
  if (drawn === undefined) throw new Error('A decoder has been fitted.')
  const pixels = [drawn.guess, drawn.perfect, content].map((shown) =>
    shown.kind === 'picture' ? shown.rgba : new Uint8ClampedArray(),
  )
  return { drawn, pixels, mask }
}

describe('a picture of what is behind the mask', () => {
  test('comes with the first decoder, and only where it is asked for', async () => {
    const run = flatRun()
    expect((await run.look(VIEW)).drawn).toBeUndefined()
    await fitDecoder(run)
    expect((await run.look(VIEW)).drawn).toBeDefined()
    expect((await run.look({ sample: 3, mask: 1 })).drawn).toBeUndefined()
    run.dispose()
  })

  test('is the sample wherever nothing is hidden, and differs from it where something is', async () => {
    const run = flatRun()
    await fitDecoder(run)
    const { pixels, mask } = await drawnOf(run)
    const [guess, perfect, sample] = pixels
    const patchOf = (byte: number) => {
      const pixel = Math.floor(byte / 4)
      return 2 * Math.floor(pixel / 32) + Math.floor((pixel % 8) / 4) // two patches of 4 px side by side
    }
    const differs = [new Set<number>(), new Set<number>()]
    sample.forEach((value, byte) => {
      if (guess[byte] !== value) differs[0].add(patchOf(byte))
      if (perfect[byte] !== value) differs[1].add(patchOf(byte))
    })
    const hidden = [...mask.keys()].filter((token) => mask[token] === 1)
    expect(hidden.length).toBeGreaterThan(0)
    for (const patches of differs) expect([...patches].sort()).toEqual(hidden)
    run.dispose()
  })

  test('is better than the mean from the targets, and from the predictions once they have been learnt', async () => {
    const run = flatRun(60, { lr: 0.02, targetNorm: 'none', targetFinalNorm: 'none', steps: 200, warmup: 0 })
    for (let i = 0; i < 150; i++) {
      run.advance(false)
      await run.metrics.read(0)
    }
    await fitDecoder(run)
    const { errors } = (await drawnOf(run)).drawn
    expect(errors.perfect).toBeLessThan(0.5 * errors.mean)
    expect(errors.guess).toBeLessThan(0.8 * errors.mean)
    run.dispose()
  })

  test('can be had of a single sample', async () => {
    const run = flatRun(1)
    await fitDecoder(run)
    const { errors } = (await drawnOf(run)).drawn
    for (const error of Object.values(errors)) expect(error).toBeGreaterThanOrEqual(0)
    run.dispose()
  })
})

describe('the decoder', () => {
  test('is behind after each step, and when targets are made of other layers', async () => {
    const run = flatRun(20, { depth: 2 })
    await fitDecoder(run)
    expect(run.drawer.isBehind(run.config)).toBe(false)
    run.apply({ ...run.config, targetLayers: 2 })
    expect(run.drawer.isBehind(run.config)).toBe(true)
    await fitDecoder(run)
    run.advance(false)
    expect(run.drawer.isBehind(run.config)).toBe(true)
    run.dispose()
  })

  test('is of the networks of now, where nobody looked while it was on its way', async () => {
    const run = flatRun(400) // more tokens than are read at a time
    expect(await run.drawer.work(run.config, false)).toBe(false)
    for (let step = 0; step < 3; step++) run.advance(false)
    while (!(await run.drawer.work(run.config, false)));
    expect((await drawnOf(run)).drawn.fittedAt).toBe(3)
    run.dispose()
  })

  test('leaves no tensors', async () => {
    const run = flatRun()
    await run.look(VIEW)
    const before = tf.memory().numTensors
    await fitDecoder(run)
    expect(tf.memory().numTensors).toBe(before)
    run.dispose()
  })
})

describe('its share of the time', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  test('is a twentieth at most while training goes on', async () => {
    const run = flatRun()
    expect(run.drawer.isDue).toBe(true)
    const working = run.drawer.work(run.config, false)
    vi.advanceTimersByTime(30)
    expect(await working).toBe(false)
    expect(run.drawer.isDue).toBe(true) // what was begun goes on
    const finishing = run.drawer.work(run.config, false)
    vi.advanceTimersByTime(20)
    expect(await finishing).toBe(true)
    vi.advanceTimersByTime(20 * 50 - 1)
    expect(run.drawer.isDue).toBe(false)
    vi.advanceTimersByTime(1)
    expect(run.drawer.isDue).toBe(true)
    run.dispose()
  })
})

describe('a trainer', () => {
  function trainerOf(run: Run, view: View) {
    const reports: Report[] = []
    const trainer = new Trainer(run, (report) => reports.push(report), { view })
    return { trainer, snapshots: () => reports.filter((report) => report.type === 'snapshot') }
  }

  test('draws at rest with a decoder of the present step', async () => {
    const run = flatRun()
    const { trainer, snapshots } = trainerOf(run, VIEW)
    await trainer.open()
    await trainer.step()
    await trainer.refresh()
    expect(snapshots().at(-1)).toMatchObject({ step: 1, drawn: { fittedAt: 1 } })
  })

  test('lets the next command go first', async () => {
    const run = flatRun()
    const { trainer, snapshots } = trainerOf(run, VIEW)
    await trainer.open()
    await trainer.refresh(() => false)
    expect(snapshots().at(-1)?.drawn).toBeUndefined()
  })

  test('draws while it trains, and after the last step with what has been learnt', async () => {
    const run = flatRun(20, { steps: 30 })
    const { trainer, snapshots } = trainerOf(run, VIEW)
    await trainer.train()
    const drawn = () => expect(snapshots().at(-1)).toMatchObject({ step: 30, drawn: { fittedAt: 30 } })
    await vi.waitFor(drawn, { timeout: 20_000 })
  })

  test('fits nothing while nobody looks', async () => {
    const run = flatRun(20, { steps: 10 })
    const work = vi.spyOn(run.drawer, 'work')
    const { trainer } = trainerOf(run, { sample: 3, mask: 1 })
    await trainer.open()
    await trainer.step()
    await trainer.refresh()
    expect(work).not.toHaveBeenCalled()
  })
})
