import type { Attention } from '../../worker/protocol.ts'
import type { Rgba } from '../views/pixels.ts'

/** One head from 0, or the mean of all. */
export type Head = number | 'mean'

/** A head that was chosen; the mean, where the network has fewer heads than that. */
export function headOf(chosen: Head, { heads }: Pick<Attention, 'heads'>): Head {
  return chosen === 'mean' || chosen < heads ? chosen : 'mean'
}

/** `[T]`: the shares that one token gives to each, of the one whose weights are `[H, T, T]`. */
export function attentionRow(
  weights: Float32Array,
  { heads }: Pick<Attention, 'heads'>,
  head: Head,
  token: number,
): Float32Array {
  const tokens = Math.sqrt(weights.length / heads)
  const rowOf = (h: number) =>
    weights.subarray((h * tokens + token) * tokens, (h * tokens + token + 1) * tokens)
  if (head !== 'mean') return rowOf(head)
  const row = new Float32Array(tokens)
  for (let h = 0; h < heads; h++) rowOf(h).forEach((share, i) => (row[i] += share / heads))
  return row
}

/** The strongest that a colour is laid over a token: what is under it can still be made out. */
const STRONGEST = 0.75

/**
 * `[T, 4]`: one colour for each token, the stronger the larger its share.
 * @param full the share that is shown at full strength
 */
export function shadesOf(
  shares: Float32Array,
  colour: readonly [red: number, green: number, blue: number],
  full: number,
): Rgba {
  const pixels = new Uint8ClampedArray(4 * shares.length)
  shares.forEach((share, i) => pixels.set([...colour, (255 * STRONGEST * share) / full], 4 * i))
  return pixels
}

export function largestOf(...rows: readonly Float32Array[]): number {
  return Math.max(...rows.map((row) => row.reduce((most, share) => Math.max(most, share), 0)))
}

/** “34 %”, with a digit more where it would say little. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
}
