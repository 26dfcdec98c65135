import type { ComparedRun } from '../store/compared.ts'
import type { Learnt } from '../store/learnt.ts'

/** How classes are told: by the most similar samples, or by a linear classifier. */
export type Method = 'knn' | 'linear'

/** Accuracies at a place on the x axis; a line is drawn where it has numbers. */
export interface AccuracyPoint {
  readonly at: number
  readonly learnt?: number
  readonly random?: number
  readonly raw?: number
}

/** Accuracies of several runs at a place on the x axis, by what each line is called. */
export type RunsAccuracy = { readonly at: number } & Readonly<Record<string, number | undefined>>

/**
 * The accuracy of each probe, from the random start on, and the two that it has to beat as level lines.
 * @param last where the x axis ends
 */
export function accuracySeries(
  { earlier, probes, random, raw }: Learnt,
  method: Method,
  last: number,
): AccuracyPoint[] {
  const level = {
    ...(random && { random: random[method].accuracy }),
    ...(raw && { raw: raw[method].accuracy }),
  }
  const now = probes.map(({ step, ...scores }) => ({ at: step, learnt: scores[method].accuracy, ...level }))
  const since = now.at(0)?.at ?? Infinity
  const before = earlier.rows.filter(({ step }) => step < since)
  const learnt = [...before.map((row) => ({ at: row.step, learnt: row[method], ...level })), ...now]
  const start = { at: 0, ...level, ...(random && { learnt: random[method].accuracy }) }
  const end = { at: last, ...level }
  return [
    ...(learnt.at(0)?.at === 0 ? [] : [start]),
    ...learnt,
    ...((learnt.at(-1)?.at ?? 0) < last ? [end] : []),
  ]
}

/** The same beside kept runs, whose accuracies stand under their ids. */
export function withCompared(
  own: readonly AccuracyPoint[],
  compared: readonly ComparedRun[],
  method: Method,
): RunsAccuracy[] {
  const points = new Map<number, RunsAccuracy>(own.map((point) => [point.at, { ...point }]))
  for (const { run, probes } of compared)
    for (const row of probes.rows)
      points.set(row.step, { ...points.get(row.step), [run.id]: row[method], at: row.step })
  return [...points.values()].sort((a, b) => a.at - b.at)
}

/** Whole tenths around all lines, within 0 and 1. */
export function accuracyRange(points: readonly RunsAccuracy[]): [low: number, high: number] {
  const all = points.flatMap((point) =>
    Object.entries(point).flatMap(([name, accuracy]) => (name === 'at' ? [] : (accuracy ?? []))),
  )
  const low = Math.min(9, Math.floor(10 * Math.min(...all)))
  const high = Math.max(low + 1, Math.ceil(10 * Math.max(...all)))
  return [low / 10, high / 10]
}

/** A confusion of two classes. */
export interface Mistake {
  readonly is: number
  readonly takenFor: number
  readonly count: number
}

/**
 * What was most often taken for something else; undefined if nothing was.
 * @param confusion `[classes, classes]`: of each class (row), how many were taken for each (column)
 */
export function worstMistake(confusion: Uint32Array, classes: number): Mistake | undefined {
  let worst: Mistake | undefined
  confusion.forEach((count, i) => {
    const [is, takenFor] = [Math.floor(i / classes), i % classes]
    if (is !== takenFor && count > (worst?.count ?? 0)) worst = { is, takenFor, count }
  })
  return worst
}
