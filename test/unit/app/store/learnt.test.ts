import { afterEach, beforeEach, expect, test } from 'vitest'
import { experiment } from '../../../../src/app/store/experiment.ts'
import { learntOf } from '../../../../src/app/store/learnt.ts'
import { run } from '../../../../src/app/store/run.ts'
import type { FakeClient } from '../../../support/fakeClient.ts'
import { openPage } from '../../../support/fakePage.ts'
import { baseline, probe, survey } from '../../../support/probes.ts'

let client: FakeClient
let close: () => void

beforeEach(() => {
  ;({ client, close } = openPage(() => experiment.loadLink('#preset=tiny', () => false)))
  client.becomeOpen()
})

afterEach(() => close())

test('probes are asked for, and kept in the order of their steps', () => {
  run.probe()
  expect(client.of('probe')).toEqual([{ type: 'probe', modality: 'image', run: 1 }])
  for (const event of [survey(), baseline('random', 0.5), probe(0, 0.5), probe(40, 0.6), probe(40, 0.7)])
    client.say(event, 'image', 1)
  const { probes, random, raw } = learntOf('image')
  expect(probes.map(({ step, knn }) => [step, knn.accuracy])).toEqual([
    [0, 0.5],
    [40, 0.7],
  ])
  expect([random?.knn.accuracy, raw]).toEqual([0.5, null])
})

test('another way of measuring begins anew, and so does another run', () => {
  for (const event of [survey(), probe(0, 0.5)]) client.say(event, 'image', 1)
  client.say(survey(), 'image', 1)
  expect(learntOf('image').probes).toEqual([])
  client.say(probe(0, 0.5), 'image', 1)
  run.open()
  expect(learntOf('image')).toMatchObject({ survey: null, probes: [] })
})

test('how far a survey is stays known while it begins', () => {
  client.say({ type: 'probing', done: 0.25 }, 'image', 1)
  client.say(survey(), 'image', 1)
  expect(learntOf('image').done).toBe(0.25)
  client.say({ type: 'probing', done: null }, 'image', 1)
  expect(learntOf('image').done).toBeNull()
})
