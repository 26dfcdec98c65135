import { expect, test } from 'vitest'
import {
  describeFeatures,
  describeRatio,
  describeUnmeasured,
  presetTitle,
} from '../../../../src/app/gpu/words.ts'
import type { MeasuredPreset, StepFigures } from '../../../../src/worker/protocol.ts'

const FIGURES: StepFigures = {
  dispatches: 150,
  submits: 1,
  hostMs: 1,
  stepMs: 10,
  spreadMs: 1,
  samplesPerSecond: 6400,
  gflops: 100,
  gpuMb: 10,
}

test('what a GPU has and lacks is said in a sentence', () => {
  expect(describeFeatures({ subgroups: true, 'timestamp-query': false })).toBe(
    'has subgroups and cannot time its kernels.',
  )
  expect(describeFeatures({ 'timestamp-query': true })).toBe('has no subgroups and can time its kernels.')
})

test('the same step elsewhere is told in milliseconds and in times', () => {
  expect(describeRatio(10, 125)).toBe('125 (× 12.5)')
  expect(describeRatio(10, null)).toBe('–')
  expect(describeRatio(10, { why: 'slow' })).toBe('over 3 s')
  expect(describeRatio(10, { why: 'refused', said: 'Out of memory' })).toBe('refused')
})

test('what was not measured says why, and what to do', () => {
  const refused = { why: 'refused', said: 'Out of memory.\n - While calling createBuffer' } as const
  const notes = (row: Pick<MeasuredPreset, 'engine' | 'stock'>) =>
    describeUnmeasured({ preset: 'base', ...row }).join(' ')
  expect(notes({ engine: refused, stock: null })).toMatch(
    /^Base does not fit .*: “Out of memory”\. Close .* smaller batch/,
  )
  expect(notes({ engine: { why: 'slow' }, stock: null })).toMatch(/^Base was not measured: .* three seconds/)
  const engine = FIGURES
  expect(notes({ engine, stock: refused })).toMatch(/stock TensorFlow\.js: “Out of memory”\.$/)
  expect(notes({ engine, stock: { why: 'slow' } })).toBe('')
  expect(notes({ engine, stock: 5 })).toBe('')
})

test('presets have the names of the form', () => {
  expect(presetTitle('small')).toBe('Small')
})
