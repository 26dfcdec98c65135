import { afterEach, beforeEach, expect, test } from 'vitest'
import { experiment } from '../../../../src/app/store/experiment.ts'
import { run } from '../../../../src/app/store/run.ts'
import { teaching, teachingOf } from '../../../../src/app/store/teaching.ts'
import type { FakeClient } from '../../../support/fakeClient.ts'
import { openPage } from '../../../support/fakePage.ts'

let client: FakeClient
let close: () => void

const shown = (sample: number) => ({
  sample,
  label: `${sample}.png`,
  content: { kind: 'text', pieces: [], seen: [] } as const,
})
const gathered = (...samples: number[]) =>
  client.say({ type: 'gathered', samples: samples.map(shown), refused: [] }, 'image', 1)
const found = () =>
  client.say({ type: 'found', step: 3, gathered: [{ sample: 8, confidence: 1 }], inSet: [] }, 'image', 1)

beforeEach(() => {
  ;({ client, close } = openPage(() => experiment.loadLink('#preset=tiny', () => false)))
  client.becomeOpen()
  teaching.add([new File([], '7.png'), new File([], '8.png')])
  gathered(7, 8)
})

afterEach(() => {
  teaching.clear()
  close()
})

test('files are handed to the run, and looked for as soon as one is an example', () => {
  expect(client.of('gather')).toMatchObject([{ files: [{ name: '7.png' }, { name: '8.png' }] }])
  teaching.toggle(7)
  expect(client.of('find')).toMatchObject([{ examples: [7] }])
  found()
  expect(teachingOf('image').found?.step).toBe(3)
})

test('without an example nothing is found, not even what was looked for before', () => {
  teaching.toggle(7)
  teaching.toggle(7)
  found() // was on its way
  expect(client.of('find').at(-1)?.examples).toEqual([])
  expect(teachingOf('image').found).toBeNull()
})

test('more files do not end the search', () => {
  teaching.toggle(7)
  gathered(7, 8, 9)
  expect(client.of('find').at(-1)?.examples).toEqual([7])
})

test('in another run the examples are to be chosen anew', () => {
  teaching.toggle(7)
  found()
  run.open()
  client.say({ type: 'state', phase: 'opening', step: 0, weights: 0, samples: 0 }, 'image', 2)
  expect(teachingOf('image')).toMatchObject({ examples: [], found: null })
})

test('what was refused stays in sight while nothing new comes', () => {
  const refused = [{ file: 'notes.txt', message: 'It is text.' }]
  client.say({ type: 'gathered', samples: [shown(7), shown(8)], refused }, 'image', 1)
  gathered(7, 8)
  expect(teachingOf('image').gathered?.refused).toEqual(refused)
  gathered(7, 8, 9)
  expect(teachingOf('image').gathered?.refused).toEqual([])
})
