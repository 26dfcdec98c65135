import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import { fieldOf, type Config } from '../../config/schema.ts'
import { describeValue, formatCount, formatNumber } from '../components/format.ts'
import type { Columns } from '../store/history.ts'
import { differences } from './words.ts'

/** A mean over fewer steps says more of their batches than of the runs. */
const MOST_MEANT = 50

type Losses = Pick<Columns, 'step' | 'loss' | 'length'>

/** How the losses of two runs differ after the latest step that both have made. */
export interface Difference {
  readonly step: number
  /** Steps over which the means are taken. */
  readonly meant: number
  readonly here: number
  readonly there: number
}

/** By the latest step that both have made; one may be a few ahead. Undefined before the first. */
export function differenceOf(here: Losses, there: Losses): Difference | undefined {
  const [madeHere, madeThere] = madeByBoth(here, there)
  const meant = Math.min(MOST_MEANT, madeHere, madeThere)
  if (meant === 0) return undefined
  const mean = ({ loss }: Losses, made: number) =>
    loss.subarray(made - meant, made).reduce((sum, value) => sum + value, 0) / meant
  return { step: here.step[madeHere - 1], meant, here: mean(here, madeHere), there: mean(there, madeThere) }
}

/** How many rows each has up to the latest step that both have: a step that was no number has none. */
function madeByBoth(here: Losses, there: Losses): [here: number, there: number] {
  let [i, j] = [here.length, there.length]
  while (i > 0 && j > 0 && here.step[i - 1] !== there.step[j - 1])
    if (here.step[i - 1] > there.step[j - 1]) i--
    else j--
  return [i, j]
}

/** “After step 412 the loss is 0.0123 below that of A (0.113 and 0.125, means of 50 steps).” */
export function describeDifference({ step, meant, here, there }: Difference, letter: string): string {
  const distance = here - there
  const side = distance < 0 ? 'below' : 'above'
  const means = `${formatNumber(here)} and ${formatNumber(there)}${meant > 1 ? `, means of ${meant} steps` : ''}`
  const how =
    distance === 0
      ? `equal to that of ${letter}`
      : `${formatNumber(Math.abs(distance))} ${side} that of ${letter}`
  return `After step ${formatCount(step)} the loss is ${how} (${means}).`
}

/** “Learning rate 0.002 here, 0.001 there.” for each setting that differs. */
export function describeDiffering(here: Config, there: Config): string[] {
  return differences({ config: here }, { config: there }).map((name) => {
    const field = fieldOf(name)
    return `${field.title}: ${describeValue(field, here[name])} here, ${describeValue(field, there[name])} there.`
  })
}

/** “on the same batches”, or what of them is the same where they have other sizes. */
export function describeBatches(modality: ModalityName, here: Config, there: Config): string {
  return here.batchSize === there.batchSize
    ? 'on the same batches'
    : `on the same ${MODALITIES[modality].sample.many} in the same order, in batches of other sizes`
}
