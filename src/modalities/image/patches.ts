import type { Config } from '../../config/schema.ts'

/** Reorders pixels `[C, S, S]` into patches `[T, C·p·p]`: patches row by row, each channel by channel. */
export function patchIndices(channels: number, side: number, patch: number): Uint32Array {
  const perSide = side / patch
  const indices = new Uint32Array(channels * side * side)
  let next = 0
  for (let token = 0; token < perSide * perSide; token++) {
    const top = Math.floor(token / perSide) * patch
    const left = (token % perSide) * patch
    for (let channel = 0; channel < channels; channel++)
      for (let y = 0; y < patch; y++)
        for (let x = 0; x < patch; x++) indices[next++] = (channel * side + top + y) * side + left + x
  }
  return indices
}

export function channelsOf({ channels }: Pick<Config, 'channels'>): 1 | 3 {
  return channels === 'grey' ? 1 : 3
}

/** Numbers in one patch. */
export function pixelsOf(config: Pick<Config, 'channels' | 'patchSize'>): number {
  return channelsOf(config) * config.patchSize ** 2
}
