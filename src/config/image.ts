import type { Config } from './schema.ts'

/** Tokens a side of the square patch grid. */
export function patchesPerSide(config: Pick<Config, 'imageSize' | 'patchSize'>): number {
  return Math.floor(config.imageSize / config.patchSize)
}
