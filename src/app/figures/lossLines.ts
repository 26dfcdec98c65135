import type { ByModality } from '../../config/byModality.ts'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import { nameOf } from '../runs/words.ts'
import type { ComparedRun, Letter } from '../store/compared.ts'
import type { Columns } from '../store/history.ts'
import type { Series } from './Chart.tsx'

export type LossColumns = Pick<Columns, 'step' | 'seconds' | 'loss' | 'length'>

/** The loss of one run among others. */
export interface LossLine {
  readonly key: string
  /** What it is called at its end. */
  readonly title: string
  /** The same in full. */
  readonly name: string
  /** CSS colours: of the line, and of its title. */
  readonly colour: { readonly shape: string; readonly text: string }
  readonly look: Series<string>['look']
  readonly columns: LossColumns
}

/** Runs that are compared have no colour of their own: colours stand for modalities, teacher and student. */
export const LOOKS: Readonly<Record<Letter, LossLine['look']>> = {
  A: 'dotted',
  B: 'broken',
  C: 'faint',
  D: 'strong',
}

export const NO_COLOUR = { shape: 'var(--color-muted)', text: 'var(--color-muted)' }

/** A line for each open run that is drawn, and for each that is compared with the shown one and is there. */
export function lossLines(
  drawn: readonly ModalityName[],
  histories: ByModality<LossColumns>,
  compared: readonly ComparedRun[],
): LossLine[] {
  const open = drawn.map((name): LossLine => {
    const { title, colour } = MODALITIES[name]
    return { key: name, title, name: title, colour, look: 'strong', columns: histories[name] }
  })
  const others = compared.flatMap(({ run, letter, columns }): LossLine[] => {
    if (columns === null || columns.length === 0) return []
    const name = `${letter}, ${nameOf(run, undefined)}`
    return [{ key: run.id, title: letter, name, colour: NO_COLOUR, look: LOOKS[letter], columns }]
  })
  return [...open, ...others]
}
