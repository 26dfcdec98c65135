import type { Config } from '../../config/schema.ts'
import type { Snapshot } from '../../worker/protocol.ts'
import type { Role } from './role.ts'

export type Rgba = Uint8ClampedArray<ArrayBuffer>

/** Tokens that do not count in the loss are there, but stand back. */
const DIMMED = 56
/** Vermilion, #D55E00. */
const DIFFERENCE = [0xd5, 0x5e, 0x00] as const

/** One pixel a token for the roles that are about tokens; null for those that show the sample itself. */
export function tokenColours(snapshot: Snapshot, role: Role, fullLoss: number): Rgba | null {
  const { mask, targetColours, predictionColours, tokenLoss } = snapshot
  switch (role) {
    case 'targets':
      return tokenPixels(targetColours, mask)
    case 'predictions':
      return tokenPixels(predictionColours, mask)
    case 'difference':
      return lossPixels(tokenLoss, mask, fullLoss)
    default:
      return null
  }
}

/** One pixel a token: its colour, strong where it is masked and dimmed elsewhere. `colours` is `[T, 3]`, `mask` `[T]`. */
export function tokenPixels(colours: Uint8Array, mask: Uint8Array): Rgba {
  const pixels = new Uint8ClampedArray(4 * mask.length)
  mask.forEach((masked, i) => {
    pixels.set(colours.subarray(3 * i, 3 * i + 3), 4 * i)
    pixels[4 * i + 3] = masked === 1 ? 255 : DIMMED
  })
  return pixels
}

/** One pixel a masked token: vermilion, the stronger the larger its loss; `full` is shown at full strength. */
export function lossPixels(tokenLoss: Float32Array, mask: Uint8Array, full: number): Rgba {
  const pixels = new Uint8ClampedArray(4 * mask.length)
  mask.forEach((masked, i) => {
    pixels.set(DIFFERENCE, 4 * i)
    pixels[4 * i + 3] = masked === 1 ? (255 * tokenLoss[i]) / full : 0
  })
  return pixels
}

/**
 * The loss of a token whose every channel is wrong by 1, which is the targets' standard deviation: about what
 * predicting nothing costs. Smooth L1 with β, scaled as the run scales it.
 */
export function lossOfUnitError({ beta, lossScale, width }: Config): number {
  const channel = beta === 0 ? 1 : beta > 1 ? 0.5 / beta : 1 - 0.5 * beta
  return channel * { mean: 1, rsqrt: Math.sqrt(width), sum: width }[lossScale]
}
