import { expect, test } from 'vitest'
import { readRecord, type RunRecord } from '../../../src/checkpoint/keptRun.ts'
import { resolveConfig } from '../../../src/config/presets.ts'

const RECORD: RunRecord = {
  id: 'one',
  modality: 'image',
  preset: 'tiny',
  config: resolveConfig('image', 'tiny', { lr: 0.001, method: '2', samples: 'emoji' }),
  step: 5,
  loss: 0.5,
  accuracy: 0.7,
  begunAt: 1,
  note: 'with more noise',
  keptAt: 2,
  checkpoints: [{ file: 'one.a', step: 5, digest: 'abc' }],
  probes: { way: 'as now', rows: [{ step: 5, knn: 0.6, linear: 0.7 }] },
  deletedAt: null,
}

test('a record that was kept is read again, with all its settings', () => {
  expect(readRecord(structuredClone(RECORD))).toEqual(RECORD)
})

test('a setting that was not there yet is as the preset has it', () => {
  const { config, ...rest } = RECORD
  const { alibi, ...older } = config
  expect(readRecord({ ...rest, config: older })?.config.alibi).toBe(alibi)
})

test('a run that was kept before probes and notes were has none', () => {
  const { accuracy, note, probes, ...older } = RECORD
  expect([accuracy, note, probes.rows.length]).toEqual([0.7, 'with more noise', 1])
  const none = { accuracy: null, note: '', probes: { way: '', rows: [] } }
  expect(readRecord(older)).toEqual({ ...RECORD, ...none })
})

test.each([
  ['is none', 'something else'],
  ['has no checkpoint', { ...RECORD, checkpoints: [] }],
  ['is of a modality that is not there', { ...RECORD, modality: 'video' }],
  ['has made no step', { ...RECORD, step: 0 }],
  ['has a setting out of its range', { ...RECORD, config: { ...RECORD.config, depth: 1e9 } }],
  ['has a setting of another kind', { ...RECORD, config: { ...RECORD.config, lr: { nested: true } } }],
])('a record that %s is not used', (_, value) => {
  expect(readRecord(value)).toBeUndefined()
})
