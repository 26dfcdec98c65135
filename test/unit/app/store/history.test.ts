import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MetricHistory } from '../../../../src/app/store/history.ts'
import { metricRow } from '../../../support/fakeClient.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => metricRow(from + i))

test('keeps every step of a long run, in order, whatever the size of its portions', () => {
  const history = new MetricHistory()
  history.append(rows(1, 1000))
  history.append(rows(1001, 1001))
  history.append(rows(1002, 5000))
  const { length, step, loss } = history.columns()
  expect(length).toBe(5000)
  expect([...step]).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1))
  expect(loss[4999]).toBe(1 / 5000)
  expect(history.latest('loss')).toBe(1 / 5000)
})

test('a metric that was not measured is NaN, not zero', () => {
  const history = new MetricHistory()
  history.append(rows(1, 2))
  expect([...history.columns().target_std]).toEqual([NaN, 0.9])
})

test('counts the seconds of training, and from 0 again after a reset', () => {
  const history = new MetricHistory()
  history.append(rows(1, 2))
  history.append([{ ...metricRow(3), step_ms: 500 }])
  expect([...history.columns().seconds].map((value) => value.toFixed(3))).toEqual(['0.010', '0.020', '0.520'])
  history.reset()
  history.append(rows(1, 1))
  expect(history.latest('seconds')).toBeCloseTo(0.01, 12)
})

test('is empty after a reset', () => {
  const history = new MetricHistory()
  history.append(rows(1, 3))
  history.append([{ ...metricRow(4), turned: [{ name: 'lr', from: 0.004, to: 0.002 }] }])
  history.reset()
  expect(history.turnings()).toEqual([])
  expect(history.columns().length).toBe(0)
  expect(history.columns().loss).toHaveLength(0)
  expect(history.latest('loss')).toBeNaN()
})

test('tells its listeners at once, then at most ten times a second, and never forgets the last change', () => {
  const history = new MetricHistory()
  const lengths: number[] = []
  history.subscribe(() => lengths.push(history.columns().length))
  for (let step = 1; step <= 100; step++) {
    history.append([metricRow(step)])
    vi.advanceTimersByTime(10)
  }
  vi.advanceTimersByTime(100)
  expect(lengths[0]).toBe(1)
  expect(lengths.length).toBeLessThanOrEqual(12)
  expect(lengths.at(-1)).toBe(100)
})
