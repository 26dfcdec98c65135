import type { Features } from './features.ts'

/** Rows whose products are computed together: each number of the others is then read once for all of them. */
export const ROWS_AT_ONCE = 4

/**
 * Cosines between some neighbouring rows and all rows.
 * @param unit `[N, F]` of unit length
 * @param first the first of the rows that are asked about
 * @returns `[4, N]`; rows past the last are zero
 */
export function similarities({ count, width, values }: Features, first: number): Float32Array {
  const cosines = new Float32Array(ROWS_AT_ONCE * count)
  const asked = new Float32Array(ROWS_AT_ONCE * width)
  asked.set(values.subarray(first * width, (first + ROWS_AT_ONCE) * width))
  for (let row = 0; row < count; row++) {
    const start = row * width
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let i = 0; i < width; i++) {
      const value = values[start + i]
      a += asked[i] * value
      b += asked[width + i] * value
      c += asked[2 * width + i] * value
      d += asked[3 * width + i] * value
    }
    cosines[row] = a
    cosines[count + row] = b
    cosines[2 * count + row] = c
    cosines[3 * count + row] = d
  }
  return cosines
}

/** The rows of the largest numbers, the largest first; of equals the earlier. */
export function largest(numbers: Float32Array, most: number): number[] {
  const found: number[] = []
  for (let row = 0; row < numbers.length; row++) {
    if (found.length === most && numbers[row] <= numbers[found[most - 1]]) continue
    let place = found.length
    while (place > 0 && numbers[found[place - 1]] < numbers[row]) place--
    found.splice(place, 0, row)
    if (found.length > most) found.pop()
  }
  return found
}
