import { beforeAll, describe, expect, test } from 'vitest'
import { readPortable, writePortable, type PortableRun } from '../../../src/checkpoint/portableRun.ts'
import { readRunFile, writeRunFile } from '../../../src/checkpoint/runFile.ts'
import { resolveConfig } from '../../../src/config/presets.ts'
import { Random } from '../../../src/ops/random.ts'
import '../../support/cpuBackend.ts'
import { metricRow } from '../../support/fakeClient.ts'
import { noiseRun } from '../../support/noiseSteps.ts'

const LEAST = { width: 16, heads: 2, depth: 1, targetLayers: 1, batchSize: 2 } as const

let run: PortableRun
let bytes: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  const trained = await noiseRun('image', LEAST)
  trained.advance(false)
  trained.advance(false)
  const state = await trained.readState()
  trained.dispose()
  const config = resolveConfig('image', 'tiny', LEAST)
  run = {
    run: { modality: 'image', preset: 'tiny', config, step: 2, note: 'half as wide' },
    state,
    rows: [
      metricRow(1),
      {
        ...metricRow(2),
        turned: [
          { name: 'lr', from: 0.004, to: 0.002 },
          { name: 'flip', from: false, to: true },
        ],
      },
    ],
    probes: { way: 'as now', rows: [{ step: 2, knn: 0.5, linear: 0.6 }] },
  }
  bytes = writePortable(run)
})

/** The file with other words about the run. */
function withNotes(change: Record<string, string>): Uint8Array {
  const { state, notes } = readRunFile(bytes)
  return writeRunFile({ state, notes: { ...notes, ...change } })
}

test('a run that was written is read again', () => {
  expect(readPortable(bytes)).toEqual(run)
})

describe('a file is refused that', () => {
  test.each([
    ['another program wrote', { format: 'pt' }, 'Its “format” is not'],
    ['has no JSON for settings', { config: '{' }, 'Its “config” is not'],
    [
      'has a setting out of its range',
      { config: '{"depth":1000000000}' },
      'a setting that is not what it may be',
    ],
    ['has an unknown setting', { config: '{"evil":2}' }, 'a setting “evil”'],
    ['has a modality that is not there', { modality: 'video' }, 'Its “modality” is not'],
    ['has no metrics', { metrics: '[]' }, 'Its “metrics” is not'],
    ['has a loss that is no number', { metrics: '[{"step":1,"loss":"1"}]' }, 'Its “metrics” is not'],
    ['has a note as long as a book', { note: 'a'.repeat(10_000) }, 'Its “note” is not'],
    ['has probes of another kind', { probes: '{"way":1}' }, 'Its “probes” is not'],
  ])('%s', (_, change, why) => {
    expect(() => readPortable(withNotes(change))).toThrow(why)
  })

  test('was turned to what a setting may not be', () => {
    const turned = (name: string, to: unknown) =>
      JSON.stringify([{ ...metricRow(1), turned: [{ name, from: 0.5, to }] }])
    expect(() => readPortable(withNotes({ metrics: turned('maskRatio', 2) }))).toThrow(
      'Mask ratio cannot be “2”',
    )
    expect(() => readPortable(withNotes({ metrics: turned('evil', 0.6) }))).toThrow('Its “metrics” is not')
  })

  test('has metrics of steps in another order, or of more than were made', () => {
    const metrics = (...steps: number[]) => JSON.stringify(steps.map((step) => metricRow(step)))
    expect(() => readPortable(withNotes({ metrics: metrics(2, 1) }))).toThrow('Its “metrics” is not')
    expect(() => readPortable(withNotes({ metrics: metrics(1, 2, 3) }))).toThrow(
      'more steps than it has made',
    )
  })
})

/** A whole number from 0, less than a limit. */
function below(random: Random, limit: number): number {
  return random.integer(0, limit - 1)
}

/** The file with some of its bytes, from `first` to `end`, at random. */
function spoil(random: Random, most: number, first: number, end: number): Uint8Array {
  const spoilt = bytes.slice()
  for (let i = below(random, most); i >= 0; i--)
    spoilt[first + below(random, end - first)] = below(random, 256)
  return spoilt
}

/** Where the header ends. */
function headerEnd(): number {
  return 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))
}

/** Changes that a broken disk or a person with bad intentions may make. */
const MUTATIONS: readonly ((random: Random) => Uint8Array)[] = [
  (random) => bytes.subarray(0, below(random, bytes.length)),
  (random) => {
    const cut = bytes.slice(below(random, bytes.length - 64))
    cut.set(bytes.subarray(0, 64))
    return cut
  },
  (random) => spoil(random, 8, 0, bytes.length),
  (random) => spoil(random, 4, 0, headerEnd()),
  // A digit of a shape, a place or a metric.
  (random) => {
    const spoilt = bytes.slice()
    const from = below(random, headerEnd())
    const at = spoilt.subarray(from).findIndex((byte) => byte >= 48 && byte < 58)
    spoilt[from + Math.max(0, at)] = 48 + below(random, 10)
    return spoilt
  },
]

test('10,000 spoilt files are read or refused in a sentence, and never take more memory than they have bytes', () => {
  const random = Random.stream(7, 'spoilt')
  let refused = 0
  for (let i = 0; i < 10_000; i++) {
    const spoilt = MUTATIONS[i % MUTATIONS.length](random)
    try {
      const { learner } = readPortable(spoilt).state
      const copies = [learner.student, learner.teacher, learner.mean, learner.variance]
      const values = copies.flatMap((copy) => Object.values(copy)).map((each) => each.values.byteLength)
      expect(values.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(spoilt.length)
    } catch (error) {
      refused += 1
      expect(String(error)).toMatch(/^Error: .+[.]$/)
    }
  }
  expect(refused).toBeGreaterThan(5000)
}, 120_000) // most of a minute on a machine that others share
