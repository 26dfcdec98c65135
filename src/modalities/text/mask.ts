import type { Config } from '../../config/schema.ts'
import type { Random } from '../../ops/random.ts'
import type { MaskRequest, Masks } from '../modality.ts'
import { drawViews } from '../views.ts'
import { drawEvenTokens } from './evenMask.ts'

export interface TextMaskOptions {
  /** Tokens of a passage, with those that begin and end it. */
  readonly length: number
  /** Share of the passage that its spans would cover if none overlapped, p. */
  readonly ratio: number
  /** Tokens of a span. */
  readonly span: number
  /** Shares of the chosen tokens that the student sees as they are, and that it sees another in place of. */
  readonly keep: number
  readonly replace: number
}

/** What becomes of a token on its way to the student. */
export const FATE = { untouched: 0, masked: 1, kept: 2, replaced: 3 } as const

/**
 * Spans of each passage: what is masked is part of the loss; what is replaced by another token is not. At least one
 * token of a passage is masked, and one is not.
 */
export function drawMasks(config: Config, { lengths, input }: MaskRequest, random: Random): Masks {
  const { contextTokens, maskRatio: ratio, maskSpan: span, maskKeep: keep, maskRandom: replace } = config
  if (config.method === '2')
    return drawViews({ lengths, tokens: contextTokens }, config, () => drawEvenTokens(config, random), random)
  const mask = new Uint8Array(lengths.length * contextTokens)
  const seen = replace > 0 ? input.slice() : undefined
  lengths.forEach((length, i) => {
    const fates = drawTextMask({ length, ratio, span, keep, replace }, random)
    leaveBoth(fates, random)
    fates.forEach((fate, token) => {
      const place = i * contextTokens + token
      if (fate === FATE.masked) mask[place] = 1
      if (fate === FATE.replaced && seen) seen[place] = random.integer(0, config.vocabulary - 1)
    })
  })
  return seen ? { mask, seen } : { mask }
}

/**
 * fairseq's mask for text (spec §4.3): spans begin at random places of the whole passage, its first and last token
 * included, and are cut at its end; some of the tokens that they cover are kept or replaced instead of masked.
 * @returns `[length]`, the fate of each token
 */
export function drawTextMask(
  { length, ratio, span, keep, replace }: TextMaskOptions,
  random: Random,
): Uint8Array {
  // Rounded up as often as the fraction says, so that the expected number of spans is exact.
  const spans = Math.floor((ratio * length) / span + random.uniform())
  const places = Uint32Array.from({ length }, (_, place) => place)
  random.shuffle(places)
  const fates = new Uint8Array(length)
  for (const start of places.subarray(0, spans)) fates.fill(FATE.masked, start, start + span)
  if (keep + replace === 0) return fates
  return fates.map((fate) => (fate === FATE.masked ? fateOfChosen(keep, replace, random) : fate))
}

function fateOfChosen(keep: number, replace: number, random: Random): number {
  const draw = random.uniform()
  if (draw < keep) return FATE.kept
  return draw < keep + replace ? FATE.replaced : FATE.masked
}

/** The reference's sampler alone may mask nothing, or everything, of a passage this short. */
function leaveBoth(fates: Uint8Array, random: Random): void {
  const masked = fates.reduce((count, fate) => count + (fate === FATE.masked ? 1 : 0), 0)
  if (masked === 0) fates[random.integer(0, fates.length - 1)] = FATE.masked
  else if (masked === fates.length && masked > 1) fates[random.integer(0, masked - 1)] = FATE.untouched
}
