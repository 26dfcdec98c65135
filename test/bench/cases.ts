import { resolveConfig } from '../../src/config/presets.ts'
import type { Overrides, PresetName } from '../../src/config/preset.ts'
import type { ModalityName } from '../../src/config/modalities.ts'
import type { Config } from '../../src/config/schema.ts'
import { audioModality } from '../../src/modalities/audio/modality.ts'
import { createDataset as createClips } from '../../src/modalities/audio/samples.ts'
import { imageModality } from '../../src/modalities/image/modality.ts'
import { createDataset as createPictures } from '../../src/modalities/image/samples.ts'
import type { Modality, OpenDataset } from '../../src/modalities/modality.ts'
import { textModality } from '../../src/modalities/text/modality.ts'
import { createDataset as createPassages } from '../../src/modalities/text/samples.ts'
import { Random } from '../../src/ops/random.ts'
import { noisePictures } from '../support/tinyRun.ts'
import { createProblem, type Problem } from './problem.ts'

interface BenchCase {
  readonly modality: ModalityName
  readonly preset: PresetName
  readonly overrides?: Overrides
  /** Times that each subject must be timed, however long that takes. */
  readonly leastSteps: number
}

const FOUR_BLOCKS = {
  method: '1',
  samples: 'own',
  channels: 'colour',
  patchSize: 4,
  depth: 4,
  heads: 4,
} as const

/** By the names that the command line knows. */
export const CASES: Readonly<Record<string, BenchCase>> = {
  narrow: {
    modality: 'image',
    preset: 'small',
    overrides: { ...FOUR_BLOCKS, imageSize: 16, width: 32, batchSize: 4 },
    leastSteps: 10,
  },
  wide: {
    modality: 'image',
    preset: 'small',
    overrides: { ...FOUR_BLOCKS, imageSize: 32, width: 128, batchSize: 16 },
    leastSteps: 10,
  },
  'image-tiny': { modality: 'image', preset: 'tiny', leastSteps: 10 },
  'image-small': { modality: 'image', preset: 'small', overrides: { method: '1' }, leastSteps: 10 },
  'image-views': { modality: 'image', preset: 'small', overrides: { method: '2' }, leastSteps: 10 },
  'image-base': { modality: 'image', preset: 'base', leastSteps: 1 },
  'audio-tiny': { modality: 'audio', preset: 'tiny', leastSteps: 1 },
  'audio-small': { modality: 'audio', preset: 'small', leastSteps: 1 },
  'text-tiny': { modality: 'text', preset: 'tiny', leastSteps: 1 },
  'text-small': { modality: 'text', preset: 'small', overrides: { method: '1' }, leastSteps: 1 },
}

export function problemOf({ modality, preset, overrides }: BenchCase): Problem {
  const config = resolveConfig(modality, preset, overrides)
  return createProblem(MODALITIES[modality], config, noise(modality, config))
}

/** An image network like the small preset's otherwise, by method 1. */
export function imageProblem(overrides: Overrides): Problem {
  return problemOf({
    modality: 'image',
    preset: 'small',
    overrides: { method: '1', ...overrides },
    leastSteps: 0,
  })
}

/** A case's name in the table. */
export function describeCase(name: string, { config, layout }: Problem): string {
  const { depth, width, batchSize } = config
  const views = layout.views ? ` of ${layout.views.perSample} views` : ''
  return `${name}: ${depth} blocks, width ${width}, ${layout.tokens} tokens, batch ${batchSize}${views}`
}

const MODALITIES: Readonly<Record<ModalityName, Modality<never>>> = {
  image: imageModality,
  audio: audioModality,
  text: textModality,
}

/** A second of noise at 16 kHz is a clip. */
const SECONDS = 300

/** Samples that mean nothing: what a step takes does not depend on what it sees. */
function noise(modality: ModalityName, config: Config): OpenDataset {
  const random = Random.stream(7, 'noise')
  const few = Math.max(config.batchSize, 20)
  switch (modality) {
    case 'image':
      return (settings) => createPictures(noisePictures(few, config.imageSize), settings)
    case 'audio': {
      const samples = Int16Array.from({ length: SECONDS * 16000 }, () => random.integer(-9999, 9999))
      return (settings) => createClips({ recordings: [{ label: 'noise', samples }] }, settings)
    }
    case 'text': {
      const letter = () => String.fromCharCode(random.integer(97, 122))
      const text = () => Array.from({ length: 2 * config.contextTokens }, letter).join('')
      const passages = Array.from({ length: few }, (_, i) => ({ label: `noise ${i}`, text: text() }))
      return (settings) => createPassages({ passages }, settings)
    }
  }
}
