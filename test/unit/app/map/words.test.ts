import { describe, expect, test } from 'vitest'
import {
  captionOf,
  countSame,
  describeMap,
  describeNeighbours,
  describePoint,
} from '../../../../src/app/map/words.ts'
import type { Alike, MapEvent } from '../../../../src/worker/protocol.ts'
import { survey } from '../../../support/probes.ts'

const SURVEY = survey({
  samples: Uint32Array.of(10, 11, 12, 13),
  labels: ['ten', 'odd: eleven', 'twelve', 'thirteen'],
  heldOut: 1,
})
const UNLABELLED = { ...SURVEY, classes: [], classOf: SURVEY.classOf.map(() => -1) }
const alike = (...samples: number[]): Alike[] =>
  samples.map((sample) => ({
    sample,
    similarity: 0.5,
    label: `label ${sample}`,
    content: { kind: 'text', pieces: [], seen: [] },
  }))

describe('the map in words', () => {
  test('says of a point what it is called, what it is, and whether it was trained on', () => {
    expect(describePoint(SURVEY, 0)).toBe('ten, even')
    expect(describePoint(SURVEY, 1)).toBe('odd: eleven') // the name says the class already
    expect(describePoint(SURVEY, 3)).toBe('thirteen, odd, never trained on')
    expect(describePoint(UNLABELLED, 0)).toBe('ten')
  })

  test('counts neighbours of the same class, where there are classes', () => {
    expect(countSame(SURVEY, 10, alike(12, 11, 13))).toBe('1 of 3 of the same class')
    expect(countSame(UNLABELLED, 10, alike(12))).toBeNull()
  })

  test('names neighbours by their class, or by what they are called', () => {
    const found = { type: 'neighbours', step: 0, sample: 10, learnt: alike(12), raw: alike(11) } as const
    expect(describeNeighbours(SURVEY, found)).toBe(
      'Most like ten, even: by representation even; by raw input odd.',
    )
    expect(describeNeighbours(UNLABELLED, found)).toContain('representation label 12;')
  })

  test('says what is there, and that nothing is', () => {
    const noun = { one: 'image', many: 'images' }
    const map: MapEvent = {
      type: 'map',
      step: 40,
      method: 'umap',
      points: new Float32Array(8),
      progress: 1,
    }
    expect(describeMap(SURVEY, map, noun)).toMatch(/^4 images of 2 classes at step 40, laid out by the most/)
    expect(captionOf('umap', map)).toMatch(/This is after step 40\.$/)
    expect(captionOf('umap', { ...map, step: 0 })).toMatch(/This is the random start\.$/)
    expect(describeMap(null, map, noun)).toBe('There is no map yet.')
  })
})
