import { presetValue } from '../../config/presets.ts'
import { FIELDS, type Config } from '../../config/schema.ts'
import type { Experiment } from '../../config/url.ts'

/** A setting to turn where steps give no finite numbers. */
export interface Remedy {
  readonly field: 'lr' | 'clipNorm'
  readonly value: number
  /** Why it is the likely cause, as a sentence. */
  readonly why: string
}

/** A learning rate that blew up although the preset has it is divided by this. */
const SMALLER = 10

/** The setting that most likely lets a run's numbers grow without end. */
export function remedyFor(experiment: Experiment, { lr, clipNorm }: Config): Remedy {
  if (clipNorm === 0)
    return {
      field: 'clipNorm',
      value: presetValue(experiment, 'clipNorm') || FIELDS.clipNorm.default,
      why: 'No gradient is clipped, so that a single batch can throw all weights off.',
    }
  const usual = presetValue(experiment, 'lr')
  if (lr > usual)
    return { field: 'lr', value: usual, why: `The learning rate is higher than the preset’s, ${usual}.` }
  return {
    field: 'lr',
    value: Math.max(FIELDS.lr.min, Number((lr / SMALLER).toPrecision(2))),
    why: 'The learning rate is the likely cause: it grows the weights faster than they find their way back.',
  }
}
