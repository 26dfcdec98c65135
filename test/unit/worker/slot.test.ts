import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Config } from '../../../src/config/schema.ts'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { nextTurn } from '../../../src/engine/turn.ts'
import { Turns } from '../../../src/engine/turns.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { Analyst } from '../../../src/probes/analyst.ts'
import { Gatherer } from '../../../src/worker/gatherer.ts'
import { KINDS } from '../../../src/worker/kinds.ts'
import type { WorkerEvent } from '../../../src/worker/protocol.ts'
import { Slot } from '../../../src/worker/slot.ts'
import { noKeptRuns } from '../../support/keepsNothing.ts'
import { NO_TOOLS } from '../../support/noTools.ts'
import { noisePictures, tinyConfig } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

const CONFIG = tinyConfig({ backend: 'cpu', depth: 1, targetLayers: 1, batchSize: 2, samples: 'fashion' })

function create(
  load = () => Promise.resolve(noisePictures(10)),
  turns = new Turns(),
  createDataset = imageModality.createDataset,
) {
  const events: WorkerEvent[] = []
  const slot = new Slot({
    name: 'image',
    modality: imageModality,
    turns,
    emit: (event) => events.push(event),
    onLost: () => undefined,
    analyst: new Analyst(),
    companionAnalyst: new Analyst(),
    gatherer: new Gatherer('image', KINDS, NO_TOOLS),
    kept: noKeptRuns(),
    loadSamples: async () => {
      const pictures = await load()
      return (settings) => createDataset(pictures, settings)
    },
  })
  const open = (run: number, config = CONFIG, beside?: Config) =>
    slot.handle({
      ...{ type: 'open', modality: 'image', run, preset: 'tiny', config, view: null },
      beside: beside && { preset: 'tiny', config: beside },
    })
  const ask = (type: 'train' | 'pause' | 'step' | 'part', run: number) =>
    slot.handle({ type, modality: 'image', run })
  const told = () =>
    events.flatMap((event) => (event.type === 'state' ? [`${event.run} ${event.phase} ${event.step}`] : []))
  const peek = (run: number, sample: number) => slot.handle({ type: 'peek', modality: 'image', run, sample })
  return { events, open, ask, peek, told }
}

describe('the run of a modality', () => {
  test('says its number with all that it reports', async () => {
    const { open, ask, told } = create()
    await open(1)
    await ask('step', 1)
    await open(2)
    expect(told()).toEqual(['1 opening 0', '1 paused 0', '1 paused 1', '2 opening 0', '2 paused 0'])
  })

  test('has another beside it that makes the same steps, until they part', async () => {
    const { events, open, ask } = create()
    const losses = () =>
      events.flatMap((event) =>
        event.type === 'beside' && event.said.type === 'metrics' ? event.said.rows : [],
      )
    await open(1, CONFIG, { ...CONFIG, lr: 0 })
    await ask('step', 1)
    const own = events.flatMap((event) => (event.type === 'metrics' ? event.rows : []))
    expect(losses().map(({ step, loss }) => [step, loss])).toEqual(own.map(({ step, loss }) => [step, loss]))
    await ask('part', 1)
    await ask('step', 1)
    expect(losses()).toHaveLength(1)
  })

  test('is not opened beside settings that contradict each other', async () => {
    const { events, open } = create()
    await open(1, CONFIG, { ...CONFIG, heads: 5 })
    expect(events.at(-1)).toMatchObject({ type: 'failure', run: 1 })
  })

  test('leaves nothing behind where the one beside it cannot be built', async () => {
    const { open, told } = create(undefined, undefined, (pictures, settings) => {
      if (settings().seed === 7) throw new Error('There are too few samples.')
      return imageModality.createDataset(pictures, settings)
    })
    const { numTensors } = memory()
    await open(1, CONFIG, { ...CONFIG, seed: 7 })
    expect(told().at(-1)).toBe('1 failed 0')
    expect(memory().numTensors).toBe(numTensors)
  })

  test('stops once something that was asked of it has gone wrong', async () => {
    const { events, open, ask, peek, told } = create()
    await open(1)
    await ask('train', 1)
    await peek(1, 1000) // there are ten
    expect(told().at(-1)).toMatch(/^1 failed/)
    expect(events.at(-1)).toMatchObject({ type: 'failure', run: 1 })
    const said = events.length
    await ask('train', 1)
    await nextTurn()
    expect(events).toHaveLength(said)
  })

  test('takes no commands that were meant for an earlier one', async () => {
    const { open, ask, told } = create()
    void open(1)
    void ask('step', 1)
    void open(2)
    await ask('step', 1) // sent before the page knew of the second
    await ask('step', 2)
    expect(told().filter((state) => !state.includes('opening'))).toEqual(['2 paused 0', '2 paused 1'])
  })

  test('fails in a sentence, after which the next opens', async () => {
    const { events, open, told } = create()
    await open(1, { ...CONFIG, heads: 5 })
    expect(events.at(-1)).toMatchObject({ type: 'failure', run: 1 })
    expect(events.at(-1)).toHaveProperty('message', expect.stringMatching(/5 heads cannot share/))
    await open(2)
    expect(told()).toEqual(['1 opening 0', '1 failed 0', '2 opening 0', '2 paused 0'])
  })

  test('is not built when another was asked for while its samples were loaded', async () => {
    const loaded: (() => void)[] = []
    const { open, told } = create(
      () => new Promise((resolve) => loaded.push(() => resolve(noisePictures(10)))),
    )
    const first = open(1)
    await expect.poll(() => loaded).toHaveLength(1)
    const second = open(2)
    loaded[0]()
    await first
    await expect.poll(() => loaded).toHaveLength(2)
    loaded[1]()
    await second
    expect(told()).toEqual(['1 opening 0', '2 opening 0', '2 paused 0'])
  })

  test('is not built when another was asked for while it waited for its turn', async () => {
    const turns = new Turns()
    const { events, open, told } = create(undefined, turns)
    let end: (value: unknown) => void = () => undefined
    void turns.take(() => new Promise((resolve) => (end = resolve)))
    const first = open(1)
    await expect.poll(told).toEqual(['1 opening 0'])
    await nextTurn() // its samples are there
    const second = open(2)
    end(undefined)
    await Promise.all([first, second])
    expect(told()).toEqual(['1 opening 0', '2 opening 0', '2 paused 0'])
    expect(events.filter(({ type }) => type === 'backend')).toMatchObject([{ run: 2 }])
  })
})
