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
  client.say({ type: 'gathered', samples: samples.map(shown), leftOut: 0, refused: [] }, 'image', 1)
const found = () =>
  client.say({ type: 'found', step: 3, gathered: [{ sample: 8, confidence: 1 }], inSet: [] }, 'image', 1)

beforeEach(() => {
  ;({ client, close } = openPage(() => experiment.loadLink('#preset=tiny', () => false)))
  client.becomeOpen()
  teaching.add({ files: [new File([], '7.png'), new File([], '8.png')], problems: [] })
  gathered(7, 8)
})

afterEach(() => {
  teaching.clear()
  close()
})

test('files are handed to the run, and looked for as soon as one is an example', () => {
  expect(client.of('gather')).toMatchObject([{ files: [{ name: '7.png' }, { name: '8.png' }] }])
  teaching.toggle(shown(7))
  expect(client.of('find')).toMatchObject([{ examples: [7] }])
  found()
  expect(teachingOf('image').found?.step).toBe(3)
})

test('without an example nothing is found, not even what was looked for before', () => {
  teaching.toggle(shown(7))
  teaching.toggle(shown(7))
  found() // was on its way
  expect(client.of('find').at(-1)?.examples).toEqual([])
  expect(teachingOf('image').found).toBeNull()
})

test('what looks like it and is something else speaks against it, until it is taken back', () => {
  teaching.toggle(shown(7))
  teaching.toggle(shown(8), 'counterexamples')
  expect(client.of('find').at(-1)).toMatchObject({ examples: [7], counterexamples: [8] })
  gathered(7, 8, 9)
  expect(client.of('find').at(-1)).toMatchObject({ examples: [7], counterexamples: [8] })
  teaching.toggle(shown(8), 'counterexamples')
  expect(client.of('find').at(-1)).toMatchObject({ examples: [7], counterexamples: [] })
})

test('a sample is an example or a counterexample, never both', () => {
  teaching.toggle(shown(7))
  teaching.toggle(shown(8))
  teaching.toggle(shown(8), 'counterexamples')
  expect(client.of('find').at(-1)).toMatchObject({ examples: [7], counterexamples: [8] })
  teaching.toggle(shown(8))
  expect(client.of('find').at(-1)).toMatchObject({ examples: [7, 8], counterexamples: [] })
})

test('more files do not end the search', () => {
  teaching.toggle(shown(7))
  gathered(7, 8, 9)
  expect(client.of('find').at(-1)?.examples).toEqual([7])
})

test('in another run the examples are to be chosen anew', () => {
  teaching.toggle(shown(7))
  found()
  run.open()
  client.say({ type: 'state', phase: 'opening', step: 0, weights: 0, samples: 0 }, 'image', 2)
  expect(teachingOf('image')).toMatchObject({ examples: [], found: null })
})

test('what is found in the set stays in sight as an example, though it is not found again', () => {
  const ofSet = { ...shown(3), confidence: 0.9 }
  const say = (inSet: readonly (typeof ofSet)[]) =>
    client.say({ type: 'found', step: 3, gathered: [], inSet }, 'image', 1)
  teaching.toggle(shown(7))
  say([ofSet])
  teaching.toggle(ofSet)
  say([])
  expect(teachingOf('image').examples.map(({ label }) => label)).toEqual(['7.png', '3.png'])
  expect(client.of('find').at(-1)?.examples).toEqual([7, 3])
})

test('what the browser would not open is in sight until more is given, and nothing is waited for', () => {
  const problems = [{ file: 'private', message: 'The browser may not read the folder “private”.' }]
  teaching.add({ files: [], problems })
  expect(teachingOf('image')).toMatchObject({ problems, reading: false })
  teaching.add({ files: [new File([], '9.png')], problems: [] })
  expect(teachingOf('image')).toMatchObject({ problems: [], reading: true })
})

test('nothing is waited for when the worker is gone', () => {
  teaching.add({ files: [new File([], '9.png')], problems: [] })
  client.emit({ type: 'workerFailure', message: 'The GPU is lost.' })
  expect(teachingOf('image')).toMatchObject({ reading: false, gathered: null })
})
