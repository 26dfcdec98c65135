import { expect, test } from 'vitest'
import { csvOf, jsonOf } from '../../../../src/app/runs/metrics.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { MetricHistory } from '../../../../src/app/store/history.ts'
import { metricRow } from '../../../support/fakeClient.ts'

test('metrics are a table with a row for each step, empty where nothing was measured', () => {
  const history = new MetricHistory()
  history.append([metricRow(1), metricRow(2)])
  expect(csvOf(history.columns()).split('\r\n')).toEqual([
    'step,loss,tau,lr,grad_norm,target_std,pred_std,teacher_student_distance,step_ms,seconds',
    '1,1,0.99,0.002,1,,,,10,0.01',
    '2,0.5,0.99,0.002,1,0.9,,,10,0.02',
    '',
  ])
})

test('metrics as JSON have a column for each, null where nothing was measured', () => {
  const history = new MetricHistory()
  const turned = [{ name: 'lr', from: 0.004, to: 0.002 } as const]
  history.append([metricRow(1), { ...metricRow(2), turned }])
  const config = resolveConfig('image', 'tiny', {})
  const text = jsonOf(history, { modality: 'image', preset: 'tiny', config, own: [] })
  expect(JSON.parse(text)).toMatchObject({
    modality: 'image',
    preset: 'tiny',
    config: { ...config },
    steps: 2,
    turned: [{ step: 2, seconds: 0.01, turned }],
    metrics: { step: [1, 2], loss: [1, 0.5], target_std: [null, 0.9] },
  })
})
