import { beforeAll, expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { nextTurn } from '../../../src/engine/turn.ts'
import { Turns } from '../../../src/engine/turns.ts'
import type { Tools } from '../../../src/modalities/kind.ts'
import { KEPT_SIDE } from '../../../src/modalities/image/decode.ts'
import { Analyst } from '../../../src/probes/analyst.ts'
import { Gatherer } from '../../../src/worker/gatherer.ts'
import { KINDS } from '../../../src/worker/kinds.ts'
import type {
  FoundEvent,
  GatheredEvent,
  RunCommand,
  RunId,
  WorkerEvent,
} from '../../../src/worker/protocol.ts'
import { Slot } from '../../../src/worker/slot.ts'
import { png } from '../../support/imageBytes.ts'
import { noKeptRuns } from '../../support/keepsNothing.ts'
import { NO_TOOLS } from '../../support/noTools.ts'
import { noisePictures, tinyConfig } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

/** Of one colour: nothing like noise, and nothing like another colour. */
function plain(isRed: boolean): Uint8Array {
  const channel = isRed ? 0 : 2
  return Uint8Array.from({ length: KEPT_SIDE * KEPT_SIDE * 3 }, (_, i) => (i % 3 === channel ? 230 : 20))
}

/** Thumbnails that were let go of. */
let closed = 0

/** Pictures are what their names say. */
const TOOLS: Tools = {
  ...NO_TOOLS,
  decodeSquare: (picture) =>
    Promise.resolve({
      rgb: plain((picture as File).name.startsWith('red')),
      thumbnail: { close: () => (closed += 1) } as unknown as ImageBitmap,
    }),
}

const picture = (name: string) => new File([png(40, 40)], name)

function create() {
  const events: WorkerEvent[] = []
  const slot = new Slot({
    name: 'image',
    modality: KINDS.image.modality,
    turns: new Turns(),
    emit: (event) => events.push(event),
    onLost: () => undefined,
    companionAnalyst: new Analyst(),
    analyst: new Analyst(),
    gatherer: new Gatherer('image', KINDS, TOOLS),
    kept: noKeptRuns(),
    loadSamples: () => {
      const { images } = noisePictures(20, KEPT_SIDE)
      const items = images.map((rgb, i) => ({ file: `noise ${i}`, rgb }))
      return Promise.resolve(KINDS.image.openOwn(items, () => items.map(() => '')))
    },
  })
  const config = tinyConfig({ backend: 'cpu', depth: 1, targetLayers: 1, batchSize: 2, samples: 'fashion' })
  type Bare<Of> = Of extends RunId ? Omit<Of, keyof RunId> : never
  const ask = (bare: Bare<RunCommand>, run = 1) => slot.handle({ ...bare, modality: 'image', run })
  const open = (run = 1) => ask({ type: 'open', preset: 'tiny', config, view: null }, run)
  /** Resolves with the next such event, which comes when the analyst has answered. */
  const next = async <Type extends WorkerEvent['type']>(type: Type) => {
    const seen = events.length
    for (;;) {
      const found = events.slice(seen).find((event) => event.type === type)
      if (found !== undefined) return found as Extract<WorkerEvent, { type: Type }>
      await nextTurn()
    }
  }
  return { open, ask, next, events }
}

test('what was gathered is shown beside the samples of the run, and trained on by nobody', async () => {
  const { open, ask, next, events } = create()
  await open()
  const gathered = next('gathered')
  await ask({ type: 'gather', files: [picture('red 1.png'), new File(['Buy milk.'], 'notes.txt')] })
  expect(await gathered).toMatchObject({
    samples: [{ sample: 20, label: 'red 1.png', content: { kind: 'picture' } }],
    refused: [{ file: 'notes.txt', message: expect.stringContaining('under Text') as string }],
  } satisfies Partial<Record<keyof GatheredEvent, unknown>>)
  expect(events.flatMap((event) => (event.type === 'state' ? [event.samples] : [])).at(-1)).toBe(20)
})

test('more of what an example shows is found among it', async () => {
  const { open, ask, next } = create()
  await open()
  const surveyed = next('survey')
  const files = ['red 1', 'red 2', 'blue 1', 'blue 2'].map(picture)
  await ask({ type: 'gather', files })
  await ask({ type: 'probe' })
  await surveyed
  const found = next('found')
  await ask({ type: 'find', examples: [20], counterexamples: [] })
  await ask({ type: 'probe' }) // the survey that has what was gathered may still be going on
  expect(((await found) satisfies FoundEvent).gathered[0].sample).toBe(21)
})

test('what was gathered stays for the next run, until it is let go', async () => {
  const { open, ask, next } = create()
  await open()
  await ask({ type: 'gather', files: [picture('red 1')] })
  const again = next('gathered')
  await open(2)
  expect((await again).samples).toHaveLength(1)
  const none = next('gathered')
  await ask({ type: 'forget' }, 2)
  expect((await none).samples).toEqual([])
})

test('files that are being read when all is let go of are let go of, too', async () => {
  const { open, ask, events } = create()
  await open()
  const reading = ask({ type: 'gather', files: [picture('red 1'), picture('red 2')] })
  await ask({ type: 'forget' })
  await reading
  const gathered = events.filter((event) => event.type === 'gathered')
  expect(gathered.map(({ samples }) => samples)).toEqual([[], []])
})

test('files that are given while a run opens are answered, whichever run they were given to', async () => {
  const { open, ask, events } = create()
  await open()
  const opening = open(2)
  await ask({ type: 'gather', files: [picture('red 1'), new File([], 'empty.png')] }, 1)
  await opening
  const last = events.filter((event) => event.type === 'gathered').at(-1)
  expect(last).toMatchObject({ run: 2, samples: [{ label: 'red 1' }], refused: [{ file: 'empty.png' }] })
})

test('pictures of which nobody shows a thumbnail do not hold one', async () => {
  const { open, ask } = create()
  await open()
  const before = closed
  await ask({ type: 'gather', files: [picture('red 1'), picture('red 2')] })
  expect(closed - before).toBe(2)
})

test('files of which none can be used cost no survey', async () => {
  const { open, ask, events } = create()
  await open()
  await ask({ type: 'probe' })
  await expect.poll(() => events.some(({ type }) => type === 'probing')).toBe(true)
  const surveys = () => events.filter((event) => event.type === 'probing' && event.done === 0).length
  await expect.poll(() => events.findLast(({ type }) => type === 'probing')).toMatchObject({ done: null })
  const before = surveys()
  await ask({ type: 'gather', files: [new File([], 'empty.png')] })
  await ask({ type: 'map', method: null }) // after which a survey that is due would have begun
  expect(surveys()).toBe(before)
  await ask({ type: 'gather', files: [picture('red 1')] })
  await expect.poll(surveys).toBe(before + 1)
})
