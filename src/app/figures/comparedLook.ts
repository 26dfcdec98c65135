import { nameOf } from '../runs/words.ts'
import type { NamedRun } from '../store/compared.ts'
import type { Series } from './Chart.tsx'
import type { EndLabel } from './EndLabels.tsx'
import { LOOKS, NO_COLOUR } from './lossLines.ts'

/** The line of a run that is compared, which is drawn under its id. */
export function seriesOfCompared({ run, letter }: NamedRun): Series<string> {
  return {
    key: run.id,
    name: `${letter}, ${nameOf(run, undefined)}`,
    colour: NO_COLOUR.shape,
    look: LOOKS[letter],
  }
}

/** Its letter where its line ends. @param from place on the x axis @param at on the y axis */
export function endOfCompared({ letter }: NamedRun, from: number, at: number): EndLabel {
  return { at, from, text: letter, colour: NO_COLOUR.text }
}
