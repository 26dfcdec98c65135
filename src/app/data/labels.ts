import type { OwnSample } from '../../worker/protocol.ts'
import type { Selection } from './selection.ts'

/** A label that a person has given, and how many files have it. */
export interface LabelCount {
  /** Empty for files without one. */
  readonly label: string
  readonly count: number
}

/** Longer ones would be cut wherever they are shown. */
export const LONGEST_LABEL = 40

/** All labels in the order of the alphabet; files without one come last. */
export function countLabels(list: readonly OwnSample[]): LabelCount[] {
  const counts = new Map<string, number>()
  for (const { label } of list) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts].map(([label, count]) => ({ label, count })).sort(byLabel)
}

function byLabel(a: LabelCount, b: LabelCount): number {
  if (a.label === '' || b.label === '') return a.label === '' ? 1 : -1
  return a.label.localeCompare(b.label, 'en', { numeric: true })
}

/** The files with a label. */
export function labelled(list: readonly OwnSample[], label: string): Selection {
  return new Set(list.filter((sample) => sample.label === label).map(({ id }) => id))
}

/** The label of all that is selected; empty where they have none, or not the same. */
export function commonLabel(list: readonly OwnSample[], selection: Selection): string {
  const labels = new Set(list.filter(({ id }) => selection.has(id)).map(({ label }) => label))
  const [first = ''] = labels
  return labels.size === 1 ? first : ''
}
