import type { Config } from '../config/schema.ts'
import type { Attention } from './reports.ts'

/** What was read of two networks: `[H, T, T]` each, with the padding, and with the CLS token, if there is one. */
interface Maps {
  readonly teacher: Float32Array
  readonly student: Float32Array
}

/**
 * The attention between the real tokens of a sample.
 * @param block from 0
 * @param length real tokens
 */
export function attentionOf(maps: Maps, block: number, config: Config, length: number): Attention {
  const { heads, clsToken } = config
  const cut = (map: Float32Array) => inner(map, heads, clsToken ? 1 : 0, length)
  return { block, heads, teacher: cut(maps.teacher), student: cut(maps.student) }
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
