/** How much each source pixel covers of each target pixel along one axis; the shares of a target add up to 1. */
interface Coverage {
  readonly first: number
  readonly shares: readonly number[]
}

function coverages(from: number, to: number): Coverage[] {
  const scale = from / to
  return Array.from({ length: to }, (_, target) => {
    const start = target * scale
    const end = start + scale
    const first = Math.floor(start)
    const last = Math.min(from, Math.ceil(end))
    const shares = Array.from({ length: last - first }, (_, i) => {
      const pixel = first + i
      return (Math.min(end, pixel + 1) - Math.max(start, pixel)) / scale
    })
    return { first, shares }
  })
}

/**
 * Scales square images by averaging areas, which neither rings nor aliases. An image that has the wanted side already
 * comes out as it went in.
 * @returns a function from one image `[from, from, 3]` to `[to, to, 3]`, both 8-bit
 */
export function resampler(from: number, to: number): (image: Uint8Array) => Uint8Array {
  if (from === to) return (image) => image
  const lines = coverages(from, to)
  return (image) => {
    const result = new Uint8Array(to * to * 3)
    for (let y = 0; y < to; y++)
      for (let x = 0; x < to; x++)
        for (let channel = 0; channel < 3; channel++) {
          const value = average(image, from, lines[y], lines[x], channel)
          result[(y * to + x) * 3 + channel] = Math.round(value)
        }
    return result
  }
}

function average(
  image: Uint8Array,
  side: number,
  rows: Coverage,
  columns: Coverage,
  channel: number,
): number {
  let sum = 0
  for (let i = 0; i < rows.shares.length; i++)
    for (let j = 0; j < columns.shares.length; j++) {
      const pixel = (rows.first + i) * side + columns.first + j
      sum += rows.shares[i] * columns.shares[j] * image[pixel * 3 + channel]
    }
  return sum
}
