import { expect, test } from 'vitest'
import { summary } from '../../../scripts/train/summary.ts'
import type { TrainReport } from '../../../scripts/train/train.ts'

const REPORT: TrainReport = {
  modality: 'image',
  preset: 'tiny',
  seed: 1,
  backend: 'wasm',
  steps: 10,
  curve: [{ step: 10, loss: 0.5, target_std: 1, pred_std: 1, knn_accuracy: 0.72, linear_accuracy: 0.7 }],
  baselines: { raw: { knn: 0.823, linear: 0.802 }, random: { knn: 0.569, linear: 0.6 } },
  step_ms: 12.34,
}

test('says what was learnt, and what it has to beat', () => {
  expect(summary(REPORT).split('\n')).toEqual([
    'learnt             k-NN 72.0 %  linear 70.0 %',
    'at its start       k-NN 56.9 %  linear 60.0 %',
    'raw input          k-NN 82.3 %  linear 80.2 %',
    '12.3 ms a step',
  ])
})

test('says all that was asked for beside', () => {
  const logistic = { learnt: 0.81, random: 0.66, raw: 0.838 }
  const compared = [
    {
      network: 'student',
      pooling: 'parts',
      learnt: { knn: 0.8, linear: 0.82 },
      random: { knn: 0.7, linear: 0.78 },
    },
  ] as const
  const lines = summary({ ...REPORT, logistic, compared }).split('\n')
  expect(lines[0]).toBe('learnt             k-NN 72.0 %  linear 70.0 %  logistic 81.0 %')
  expect(lines.slice(3, 5)).toEqual([
    'student, parts     k-NN 80.0 %  linear 82.0 %',
    '  at its start     k-NN 70.0 %  linear 78.0 %',
  ])
})
