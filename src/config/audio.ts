import type { Config } from './schema.ts'

/** Hz. All sound is mono at this rate, as in the paper. */
export const SAMPLE_RATE = 16_000

/** Samples of the log-mel spectrogram's window (25 ms) and of the step from one window to the next (10 ms). */
export const MEL_WINDOW = 400
export const MEL_HOP = 160

/** Seconds of the longest recording that is taken, and of the shortest: one that makes a few tokens. */
export const LONGEST_SECONDS = 2 * 60 * 60
export const SHORTEST_SECONDS = 0.1

/** One layer of the convolutional feature encoder. */
export interface ConvLayer {
  readonly kernel: number
  readonly stride: number
}

/** Kernels and strides of the feature encoders. Both make one frame of 20 ms (paper §4.2; spec §3.1). */
const CONV_LAYERS: Readonly<Record<Config['convLayers'], readonly ConvLayer[]>> = {
  paper: [
    { kernel: 10, stride: 5 },
    { kernel: 3, stride: 2 },
    { kernel: 3, stride: 2 },
    { kernel: 3, stride: 2 },
    { kernel: 3, stride: 2 },
    { kernel: 2, stride: 2 },
    { kernel: 2, stride: 2 },
  ],
  short: [
    { kernel: 10, stride: 5 },
    { kernel: 8, stride: 4 },
    { kernel: 8, stride: 4 },
    { kernel: 4, stride: 4 },
  ],
}

export function convLayersOf({ convLayers }: Pick<Config, 'convLayers'>): readonly ConvLayer[] {
  return CONV_LAYERS[convLayers]
}

/** What is left of `length` after layers without padding: ⌊(n − k) / s⌋ + 1 each, and never below 0. */
export function convOutput(length: number, layers: readonly ConvLayer[]): number {
  return layers.reduce((n, { kernel, stride }) => Math.max(0, Math.floor((n - kernel) / stride) + 1), length)
}

/** Samples in one clip. */
export function clipSamples({ clipSeconds }: Pick<Config, 'clipSeconds'>): number {
  return Math.round(clipSeconds * SAMPLE_RATE)
}

/** Tokens that a number of samples makes with the front end of `config`. */
export function audioTokens(samples: number, config: Config): number {
  if (config.frontEnd === 'waveform') return convOutput(samples, convLayersOf(config))
  const frames = convOutput(samples, [{ kernel: MEL_WINDOW, stride: MEL_HOP }])
  return Math.floor(frames / config.tokenFrames)
}

/** Tokens of one clip, T. */
export function clipTokens(config: Config): number {
  return audioTokens(clipSamples(config), config)
}

/** Samples from the start of one token to the start of the next. */
export function tokenSamples(config: Config): number {
  if (config.frontEnd === 'waveform')
    return convLayersOf(config).reduce((total, { stride }) => total * stride, 1)
  return MEL_HOP * config.tokenFrames
}
