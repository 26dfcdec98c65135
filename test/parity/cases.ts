import { resolveConfig } from '../../src/config/presets.ts'
import type { Config } from '../../src/config/schema.ts'
import type { FrontEnd } from '../../src/data2vec/learner.ts'
import { readGolden, type Golden, type Sidecar } from './golden.ts'
import type { ReferenceNames } from './names.ts'
import { audio } from './variants/audio.ts'
import { text } from './variants/text.ts'
import { v2Audio } from './variants/v2Audio.ts'
import { v2Image } from './variants/v2Image.ts'
import { v2Text } from './variants/v2Text.ts'
import type { Variant } from './variants/variant.ts'
import { visionBeit, visionFairseq } from './variants/vision.ts'

/** A golden case and how our code runs it. */
export interface GoldenCase extends Golden {
  readonly variant: Variant
  readonly names: ReferenceNames
  readonly config: Config
  readonly frontEnd: FrontEnd
}

/** The cases that this project covers. */
const VARIANTS: Readonly<Record<string, Variant>> = {
  vision_beit: visionBeit,
  vision: visionFairseq,
  audio,
  audio_padded: audio,
  text,
  v2_image: v2Image,
  v2_audio: v2Audio,
  v2_text: v2Text,
}

export const CASE_NAMES = Object.keys(VARIANTS)

export function readCase(folder: string, name: string): GoldenCase {
  const golden = readGolden(folder, name)
  const variant = VARIANTS[name]
  const overrides = { ...optimiserOf(golden.sidecar), ...variant.config(golden) }
  return {
    ...golden,
    variant,
    names: variant.names(golden),
    config: resolveConfig(variant.modality, 'small', { method: '1', ...overrides }),
    frontEnd: variant.frontEnd(golden),
  }
}

function optimiserOf({ optimizer }: Sidecar): Partial<Config> {
  const { lr, betas, eps, weight_decay, weight_decay_rule, clip_norm } = optimizer
  return {
    lr,
    beta1: betas[0],
    beta2: betas[1],
    adamEpsilon: eps,
    weightDecay: weight_decay,
    decayScope: weight_decay_rule === 'all' ? 'all' : 'matrices',
    clipNorm: clip_norm,
  }
}
