import type { Config } from '../../config/schema.ts'
import { clipTokens } from '../../config/audio.ts'
import type { Random } from '../../ops/random.ts'
import type { MaskRequest, Masks } from '../modality.ts'
import { drawViews } from '../views.ts'
import { drawEvenSpans } from './evenMask.ts'

export interface SpanMaskOptions {
  /** Tokens of a row, T. */
  readonly tokens: number
  /** Real tokens of each row, at least 2; what follows them is padding and never masked. */
  readonly lengths: readonly number[]
  /** Share of a row that its spans would cover if none overlapped, p. */
  readonly ratio: number
  /** Tokens of a span, L. */
  readonly span: number
  /** Spans of a row, at least. */
  readonly minSpans: number
  /** Whether all rows are brought to the smallest count among them. */
  readonly sameCount: boolean
}

/** Spans for each clip or view, as many as `maskRatio` asks for; at least one token is masked, and at least one is not. */
export function drawMasks(config: Config, { lengths }: MaskRequest, random: Random): Masks {
  const { maskRatio: ratio, maskSpan: span, maskSurplus: surplus, maskSameCount: sameCount } = config
  const tokens = clipTokens(config)
  if (config.method === '2')
    return drawViews(
      { lengths, tokens },
      config,
      () => drawEvenSpans({ tokens, ratio, surplus, span }, random),
      random,
    )
  return { mask: drawSpanMasks({ tokens, lengths, ratio, span, minSpans: 1, sameCount }, random) }
}

/**
 * fairseq's span mask (spec §4.1) with spans of one length: they may overlap, and the last token of a row that is
 * longer than a span is never masked. Where the reference gives up, because a row would be masked whole, one token of
 * it is uncovered.
 * @returns `[B, T]`, 1 is masked
 */
export function drawSpanMasks(options: SpanMaskOptions, random: Random): Uint8Array {
  const { tokens, lengths, sameCount } = options
  const rows = lengths.map((length) => drawRow(length, options, random))
  const fewest = Math.min(...rows.map((row) => row.length))
  const mask = new Uint8Array(lengths.length * tokens)
  rows.forEach((row, i) => {
    const kept = sameCount ? sampleOf(row, fewest, random) : row
    for (const token of kept) mask[i * tokens + token] = 1
  })
  return mask
}

/** Tokens of one row that its spans mask, in their order. */
function drawRow(length: number, { ratio, span, minSpans }: SpanMaskOptions, random: Random): Uint32Array {
  // Rounded up as often as the fraction says, so that the expected number of spans is exact.
  const spans = Math.max(minSpans, Math.floor((ratio * length) / span + random.uniform()))
  // Few places are left for many or long spans: then they may begin nearer to the end, and are cut there.
  const places = length - span > spans ? length - span : spans + 1
  const covered = new Uint8Array(length)
  for (const start of sampleOf(upTo(places), spans, random)) covered.fill(1, start, start + span)
  if (!covered.includes(0)) covered[random.integer(0, length - 1)] = 0
  return upTo(length).filter((token) => covered[token] === 1)
}

/** `count` of the items, each at most once, in random order. Shuffles the items. */
function sampleOf(items: Uint32Array, count: number, random: Random): Uint32Array {
  for (let i = 0; i < count; i++) {
    const j = random.integer(i, items.length - 1)
    const held = items[i]
    items[i] = items[j]
    items[j] = held
  }
  return items.subarray(0, count)
}

function upTo(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i)
}
