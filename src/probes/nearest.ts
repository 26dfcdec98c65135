import type { Features } from './features.ts'

/** A sample among others, and how alike they are: the cosine of the angle between their features. */
export interface Neighbour {
  readonly sample: number
  readonly similarity: number
}

/** Every row at length 1, so that products of rows are cosines; a row of zeros stays one. */
export function unitRows({ count, width, values }: Features): Features {
  const unit = new Float32Array(values.length)
  for (let row = 0; row < count; row++) {
    let squares = 0
    for (let i = row * width; i < (row + 1) * width; i++) squares += values[i] ** 2
    const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0
    for (let i = row * width; i < (row + 1) * width; i++) unit[i] = values[i] * factor
  }
  return { count, width, values: unit }
}

/**
 * The rows of `known` that are most like a row of `asked`, the most similar first; of equals the earlier.
 * @param known,asked of unit length
 * @param most how many are wanted
 */
export function nearest(known: Features, asked: Features, row: number, most: number): Neighbour[] {
  const found: Neighbour[] = []
  for (let sample = 0; sample < known.count; sample++) {
    const similarity = product(known, sample, asked, row)
    if (found.length === most && similarity <= found[most - 1].similarity) continue
    let place = found.length
    while (place > 0 && found[place - 1].similarity < similarity) place--
    found.splice(place, 0, { sample, similarity })
    if (found.length > most) found.pop()
  }
  return found
}

/**
 * The class that most of the neighbours are of; where two are equally many, the one whose neighbours are more alike.
 * @param classOf the class of each sample that neighbours name
 */
export function vote(neighbours: readonly Neighbour[], classOf: ArrayLike<number>): number {
  const votes = new Map<number, { count: number; similarity: number }>()
  for (const { sample, similarity } of neighbours) {
    const { count, similarity: sum } = votes.get(classOf[sample]) ?? { count: 0, similarity: 0 }
    votes.set(classOf[sample], { count: count + 1, similarity: sum + similarity })
  }
  const [winner] = [...votes].sort(([, a], [, b]) => b.count - a.count || b.similarity - a.similarity)
  return winner[0]
}

/** The cosine of the angle between two rows of unit length. */
export function cosine(unit: Features, one: number, other: number): number {
  return product(unit, one, unit, other)
}

/** The sum of the products of two rows. */
export function product(a: Features, rowOfA: number, b: Features, rowOfB: number): number {
  const { width } = a
  const startOfA = rowOfA * width
  const startOfB = rowOfB * width
  let sum = 0
  for (let i = 0; i < width; i++) sum += a.values[startOfA + i] * b.values[startOfB + i]
  return sum
}
