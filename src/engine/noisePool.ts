import type { Random } from '../ops/random.ts'

const SIZE = 2 ** 20

/**
 * Normal noise, drawn in advance: to draw some hundred thousand numbers for every step would take longer than a GPU
 * takes for the step. Each time it is read on from another random place.
 */
export class NoisePool {
  private readonly values: Float32Array

  constructor(random: Random) {
    this.values = Float32Array.from({ length: SIZE }, () => random.normal())
  }

  /** Fills `out` with noise of a standard deviation. */
  fill(out: Float32Array, std: number, random: Random): void {
    let place = random.integer(0, SIZE - 1)
    for (let i = 0; i < out.length; i++) {
      out[i] = std * this.values[place]
      place = (place + 1) % SIZE
    }
  }
}

/** Fills `out` with noise of a standard deviation, each number drawn by itself. */
export function fillNoise(out: Float32Array, std: number, random: Random): void {
  for (let i = 0; i < out.length; i++) out[i] = std * random.normal()
}
