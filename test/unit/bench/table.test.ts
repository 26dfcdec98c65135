import { expect, test } from 'vitest'
import type { Figures, Report } from '../../bench/report.ts'
import { digits, formatBreakdown, formatReport } from '../../bench/table.ts'

test('numbers have three digits and no exponents', () => {
  expect([1234.5, 12.34, 1.234, 0.1234, 0.001234, 0].map(digits)).toEqual([
    '1235',
    '12.3',
    '1.23',
    '0.123',
    '0.00123',
    '0',
  ])
  expect(digits(NaN)).toBe('–')
})

const figures = (step_ms: number): Figures => ({
  dispatches: 150,
  submits: 1,
  host_ms: 0.5,
  step_ms,
  step_ms_spread: 2,
  n: 10,
  gpu_mb: 3,
  samples_per_s: 1000,
  views_per_s: 1000,
  gflops: 1.5,
})

test('a report has a row for each that was measured, and says how much faster the engine is', () => {
  const report: Report = {
    adapter: 'An adapter',
    date: '2026-01-01',
    cases: [{ name: 'tiny', engine: figures(10), jax: figures(25) }],
    growth: { batch: 0.9, tokens: 1.2, width: 1.5, depth: 1 },
  }
  const lines = formatReport(report).split('\n')
  expect(lines[0]).toContain('An adapter')
  const rows = lines.filter((line) => line.startsWith('|'))
  expect(rows).toHaveLength(4)
  expect(new Set(rows.map((row) => row.length)).size).toBe(1)
  expect(rows[2]).toMatch(/^\| tiny .*this engine .*150/)
  expect(rows[3]).toMatch(/jax-js .* 2\.50 \|$/)
  expect(lines.at(-1)).toContain('batch^0.900')
})

test('first steps are shown and not compared', () => {
  const cold = { ...figures(1000), n: 1, cold: true as const }
  const text = formatReport({ adapter: '', date: '', cases: [{ name: 'a', engine: figures(1), tfjs: cold }] })
  expect(text).toMatch(/stock tfjs .* 1000 .* first 1 .*\| +\|$/m)
})

test('a breakdown has a row for each kernel', () => {
  const lines = formatBreakdown([{ kernel: 'Linear', dispatches: 12, ms: 3.14159, share: 0.75 }]).split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[2]).toMatch(/^\| Linear +\| +12 \| 3\.14 \| 75\.0 % \|$/)
})
