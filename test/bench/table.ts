import type { KernelTime } from '../../src/engine/benchmark/breakdown.ts'
import { SIZES, SUBJECTS, type Case, type Figures, type Report, type SubjectName } from './report.ts'

const NAMES: Readonly<Record<SubjectName, string>> = {
  engine: 'this engine',
  tfjs: 'stock tfjs',
  jax: 'jax-js',
}

const HEADER = [
  'case',
  '',
  'dispatches',
  'submits',
  'JavaScript ms',
  'ms a step',
  '± quartiles',
  'timed runs',
  'GPU MB',
  'samples/s',
  'views/s',
  'GFLOP/s',
  'times as fast',
]

/** A table for people, in Markdown. */
export function formatReport({ adapter, date, cases, growth, memory_growth_bytes: more }: Report): string {
  const rows = cases.flatMap(caseRows)
  const lines = [`${adapter}, ${date}`, '', ...formatTable([HEADER, ...rows], 2)]
  if (growth) {
    const powers = SIZES.map((size) => `${size}^${digits(growth[size])}`)
    lines.push('', `A step of this engine takes a time that grows as ${powers.join(', ')}.`)
  }
  if (more !== undefined) lines.push('', `Its GPU memory grows by ${more} bytes over 2,000 steps.`)
  return lines.join('\n')
}

function caseRows({ name, ...subjects }: Case): string[][] {
  const measured = SUBJECTS.flatMap((subject) => {
    const figures = subjects[subject]
    return figures === undefined ? [] : [{ subject, figures }]
  })
  const engine = subjects.engine
  return measured.map(({ subject, figures }, i) => [
    i === 0 ? name : '',
    NAMES[subject],
    ...figureCells(figures),
    engine === undefined || subject === 'engine' ? '' : ratio(figures, engine),
  ])
}

/** First steps are not compared: they say as much of compilers as of what they compile. */
function ratio(figures: Figures, engine: Figures): string {
  return (figures.cold ?? engine.cold) ? '' : digits(figures.step_ms / engine.step_ms)
}

function figureCells(figures: Figures): string[] {
  return [
    String(figures.dispatches),
    String(figures.submits),
    digits(figures.host_ms),
    digits(figures.step_ms),
    digits(figures.step_ms_spread / 2),
    figures.cold ? `first ${figures.n}` : String(figures.n),
    digits(figures.gpu_mb),
    digits(figures.samples_per_s),
    digits(figures.views_per_s),
    digits(figures.gflops),
  ]
}

/** What each kernel takes in a step of this engine. */
export function formatBreakdown(kernels: readonly KernelTime[]): string {
  const rows = kernels.map(({ kernel, dispatches, ms, share }) => [
    kernel,
    String(dispatches),
    digits(ms),
    `${(100 * share).toFixed(1)} %`,
  ])
  return formatTable([['kernel', 'dispatches', 'ms', 'share'], ...rows], 1).join('\n')
}

/** Three significant digits, and never an exponent. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const decimals = value === 0 ? 0 : 2 - Math.floor(Math.log10(Math.abs(value)))
  return value.toFixed(Math.min(Math.max(decimals, 0), 6))
}

/** Columns as wide as their widest cell; the first `words` of them hold words, the others numbers. */
function formatTable(rows: readonly (readonly string[])[], words: number): string[] {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)))
  const isWords = (column: number) => column < words
  const line = (row: readonly string[]) => {
    const cells = row.map((cell, i) => (isWords(i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
    return `| ${cells.join(' | ')} |`
  }
  const rule = widths.map((width, i) => (isWords(i) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  const [header, ...body] = rows.map(line)
  return [header, `| ${rule.join(' | ')} |`, ...body]
}
