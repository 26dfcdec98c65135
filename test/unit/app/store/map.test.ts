import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { experiment } from '../../../../src/app/store/experiment.ts'
import { map, mapOf } from '../../../../src/app/store/map.ts'
import { run } from '../../../../src/app/store/run.ts'
import type { Content } from '../../../../src/worker/protocol.ts'
import type { FakeClient } from '../../../support/fakeClient.ts'
import { openPage } from '../../../support/fakePage.ts'

let client: FakeClient
let close: () => void

beforeEach(() => {
  ;({ client, close } = openPage(() => experiment.loadLink('#preset=tiny', () => false)))
  client.becomeOpen()
})

afterEach(() => close())

const CONTENT: Content = { kind: 'text', pieces: ['a'], seen: ['a'] }
const peekAt = (sample: number) =>
  client.say({ type: 'peek', sample, label: String(sample), content: CONTENT })
const mapAt = (step: number, progress = 1) =>
  client.say({ type: 'map', step, method: 'pca', points: new Float32Array(4), progress })
const asked = () => client.of('peek').map(({ sample }) => sample)

describe('a sample that is pointed at', () => {
  test('is asked for one at a time, and only the latest of those passed over', () => {
    for (const sample of [3, 4, 5]) map.point(sample)
    expect(asked()).toEqual([3])
    peekAt(3)
    expect(asked()).toEqual([3, 5])
    expect(mapOf('image').peeked).toBeNull() // nobody points at it any more
    peekAt(5)
    expect(mapOf('image').peeked?.sample).toBe(5)
    expect(asked()).toEqual([3, 5])
  })

  test('is not asked for twice', () => {
    map.point(3)
    peekAt(3)
    map.point(3)
    map.choose(3)
    expect(asked()).toEqual([3])
    expect(mapOf('image').chosenShown?.sample).toBe(3)
  })
})

describe('a sample that is chosen', () => {
  const neighbours = (sample: number, step = 0) =>
    client.say({ type: 'neighbours', sample, step, learnt: [], raw: [] })

  test('is shown with its neighbours, which are not those of one chosen before', () => {
    map.choose(3)
    map.choose(4)
    neighbours(3)
    expect(mapOf('image').neighbours).toBeNull()
    neighbours(4)
    expect(mapOf('image').neighbours?.sample).toBe(4)
    peekAt(3)
    expect(asked()).toEqual([3, 4])
  })

  test('gets new neighbours when more has been learnt, and none once it is chosen no more', () => {
    map.choose(3)
    neighbours(3)
    neighbours(3, 40)
    expect(mapOf('image').neighbours?.step).toBe(40)
    map.choose(null)
    neighbours(3, 80) // was on its way
    expect(mapOf('image').neighbours).toBeNull()
    expect(client.of('neighbours').map(({ sample }) => sample)).toEqual([3, null])
  })
})

test('a new run has no map, but is laid out in the same way', () => {
  map.setMethod('umap')
  mapAt(0)
  map.point(3)
  run.open()
  client.becomeOpen()
  expect(mapOf('image')).toMatchObject({ method: 'umap', map: null, pointed: null, awaited: null })
  map.point(3)
  expect(asked()).toEqual([3, 3])
})

test('whether somebody looks is told to the run', () => {
  map.watch('umap', 'image')
  map.watch(null, 'image')
  map.watch('pca', 'text') // has no run yet
  expect(client.of('map').map(({ method, modality }) => [method, modality])).toEqual([
    ['umap', 'image'],
    [null, 'image'],
  ])
})
