import { audioTokens, clipSamples, convLayersOf, convOutput } from './audio.ts'
import type { ModalityName } from './modalities.ts'
import type { Config } from './schema.ts'

/** Tokens a side of the square patch grid. */
export function patchesPerSide(config: Pick<Config, 'imageSize' | 'patchSize'>): number {
  return Math.floor(config.imageSize / config.patchSize)
}

/** Tokens of one sample, T, without any CLS token. */
export function tokensOf(modality: ModalityName, config: Config): number {
  return TOKENS[modality](config)
}

const TOKENS: Readonly<Record<ModalityName, (config: Config) => number>> = {
  image: (config) => patchesPerSide(config) ** 2,
  audio: (config) => audioTokens(clipSamples(config), config),
  text: (config) => config.contextTokens,
}

/** Numbers in the largest tensor that the feature encoder makes of one sample. */
export function frontEndSize(modality: ModalityName, config: Config): number {
  if (modality !== 'audio' || config.frontEnd !== 'waveform') return 0
  return convOutput(clipSamples(config), convLayersOf(config).slice(0, 1)) * config.convChannels
}
