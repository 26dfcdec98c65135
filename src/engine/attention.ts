import type { Config } from '../config/schema.ts'
import type { Attention } from './reports.ts'

/** What was read of two networks: `[H, T, T]` each, with the padding, and with the CLS token, if there is one. */
interface Maps {
  readonly teacher: Float32Array
  readonly student: Float32Array
}

/** Real tokens of a sample, and its mask `[T]`. */
interface Tokens {
  readonly length: number
  readonly mask: Uint8Array
}

/**
 * The attention between the real tokens of a sample. A student that gets visible tokens only has none of hidden ones.
 * @param block from 0
 */
export function attentionOf(maps: Maps, block: number, config: Config, { length, mask }: Tokens): Attention {
  const { heads, clsToken, method } = config
  const first = clsToken ? 1 : 0
  const student =
    method === '1'
      ? maps.student
      : spread(maps.student, heads, [...upTo(first), ...shown(mask, first)], mask.length + first)
  const cut = (map: Float32Array) => inner(map, heads, first, length)
  return { block, heads, teacher: cut(maps.teacher), student: cut(student) }
}

/** Visible tokens, counted behind the CLS token. */
function shown(mask: Uint8Array, first: number): number[] {
  return [...mask.keys()].filter((token) => mask[token] === 0).map((token) => token + first)
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}

/** `[H, K, K]` of some of `tokens` tokens as `[H, T, T]`, with zeros at the others. */
function spread(map: Float32Array, heads: number, some: readonly number[], tokens: number): Float32Array {
  const all = new Float32Array(heads * tokens * tokens)
  for (let head = 0; head < heads; head++)
    some.forEach((query, i) =>
      some.forEach((key, j) => {
        all[(head * tokens + query) * tokens + key] = map[(head * some.length + i) * some.length + j]
      }),
    )
  return all
}

/** The square of `length` tokens from the one at `first` on, out of `[H, T, T]`. */
function inner(map: Float32Array, heads: number, first: number, length: number): Float32Array {
  const tokens = Math.sqrt(map.length / heads)
  const square = new Float32Array(heads * length * length)
  for (let head = 0; head < heads; head++)
    for (let row = 0; row < length; row++) {
      const start = (head * tokens + first + row) * tokens + first
      square.set(map.subarray(start, start + length), (head * length + row) * length)
    }
  return square
}
