import { describe, expect, test } from 'vitest'
import {
  accuracyRange,
  accuracySeries,
  withCompared,
  worstMistake,
} from '../../../../src/app/probes/accuracy.ts'
import { compareWith, describeLearnt } from '../../../../src/app/probes/words.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { baseline, NOTHING_LEARNT, probe, survey } from '../../../support/probes.ts'

const COUNTS = { step: 60, loss: 0.5, accuracy: 0.4, begunAt: 0, note: '', keptAt: 0 }
const IMAGES = { one: 'image', many: 'images' }

describe('the line of what was learnt', () => {
  test('begins at the random start and ends at the latest probe; what it has to beat goes on', () => {
    const learnt = {
      ...NOTHING_LEARNT,
      random: baseline('random', 0.5),
      raw: baseline('raw', 0.75),
      probes: [probe(40, 0.6)],
    }
    expect(accuracySeries(learnt, 'knn', 100)).toEqual([
      { at: 0, learnt: 0.5, random: 0.5, raw: 0.75 },
      { at: 40, learnt: 0.6, random: 0.5, raw: 0.75 },
      { at: 100, random: 0.5, raw: 0.75 },
    ])
  })

  test('goes on from what was told before the run was gone on with', () => {
    const earlier = { way: '', rows: [40, 80].map((step) => ({ step, knn: 0.5, linear: 0.9 })) }
    const at = (probes: number[]) =>
      accuracySeries(
        { ...NOTHING_LEARNT, earlier, probes: probes.map((step) => probe(step, 0.6)) },
        'knn',
        80,
      ).map((point) => [point.at, point.learnt])
    expect(at([])).toEqual([
      [0, undefined],
      [40, 0.5],
      [80, 0.5],
    ])
    expect(at([80])).toEqual([
      [0, undefined],
      [40, 0.5],
      [80, 0.6],
    ])
  })

  test('is there before it is known what it has to beat', () => {
    expect(accuracySeries({ ...NOTHING_LEARNT, probes: [probe(0, 0.5)] }, 'knn', 20)).toEqual([
      { at: 0, learnt: 0.5 },
      { at: 20 },
    ])
  })

  test('is that of the chosen classifier', () => {
    const [first] = accuracySeries({ ...NOTHING_LEARNT, probes: [probe(0, 0.5, 0.9)] }, 'linear', 20)
    expect(first.learnt).toBe(0.9)
  })
})

test('kept runs stand beside the run, each at its own steps', () => {
  const run = { id: 'other', modality: 'image', preset: 'tiny', ...COUNTS } as const
  const probes = { way: '', rows: [20, 40].map((step) => ({ step, knn: 0.3, linear: 0.4 })) }
  const compared = {
    run: { ...run, config: resolveConfig('image', 'tiny') },
    letter: 'A',
    columns: null,
    probes,
    isLive: false,
    haltedAt: null,
    keptAs: null,
  } as const
  expect(
    withCompared(
      [
        { at: 0, learnt: 0.5 },
        { at: 40, learnt: 0.6 },
      ],
      [compared],
      'linear',
    ),
  ).toEqual([
    { at: 0, learnt: 0.5 },
    { at: 20, other: 0.4 },
    { at: 40, learnt: 0.6, other: 0.4 },
  ])
})

test.each([
  [
    [0.42, 0.68],
    [0.4, 0.7],
  ],
  [
    [0.5, 0.5],
    [0.5, 0.6],
  ],
  [
    [1, 1],
    [0.9, 1],
  ],
  [
    [0, 0],
    [0, 0.1],
  ],
])('lines at %j are drawn between %j', (values, range) => {
  expect(accuracyRange(values.map((learnt, at) => ({ at, learnt })))).toEqual(range)
})

test('the worst mistake is the most frequent one, however often others were right', () => {
  expect(worstMistake(Uint32Array.of(9, 1, 0, 2, 9, 3, 0, 0, 9), 3)).toEqual({ is: 1, takenFor: 2, count: 3 })
  expect(worstMistake(Uint32Array.of(4, 0, 0, 4), 2)).toBeUndefined()
})

describe('in words', () => {
  test('an accuracy is compared in points', () => {
    expect(compareWith(0.712, 0.563, 'its random start')).toBe('14.9 points above its random start')
    expect(compareWith(0.712, 0.8, 'raw input')).toBe('8.8 points below raw input')
    expect(compareWith(0.5, 0.5, 'raw input')).toBe('as good as raw input')
  })

  test('says what is known, and no more', () => {
    expect(describeLearnt(NOTHING_LEARNT, 'knn', IMAGES)).toBe('Nothing has been measured yet.')
    const learnt = { ...NOTHING_LEARNT, survey: survey({ tested: 1000 }), probes: [probe(600, 0.712)] }
    expect(describeLearnt(learnt, 'knn', IMAGES)).toBe('At step 600 71.2 % of 1,000 images are told right.')
    expect(describeLearnt({ ...learnt, random: baseline('random', 0.6) }, 'knn', IMAGES)).toBe(
      'At step 600 71.2 % of 1,000 images are told right: 11.2 points above its random start.',
    )
  })
})
