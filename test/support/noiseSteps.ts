import type { ModalityName } from '../../src/config/modalities.ts'
import type { Overrides } from '../../src/config/preset.ts'
import { resolveConfig } from '../../src/config/presets.ts'
import type { Config } from '../../src/config/schema.ts'
import { createLearner, disposeLearner, type Learner } from '../../src/data2vec/learner.ts'
import { stepSettings } from '../../src/data2vec/schedule.ts'
import type { HostBatch } from '../../src/engine/batches.ts'
import { Run, type RunState } from '../../src/engine/run.ts'
import { Sampler } from '../../src/engine/sampler.ts'
import type { Measured, Stepper } from '../../src/engine/stepper.ts'
import { audioModality } from '../../src/modalities/audio/modality.ts'
import { imageModality } from '../../src/modalities/image/modality.ts'
import type { Dataset, Layout, Modality } from '../../src/modalities/modality.ts'
import { textModality } from '../../src/modalities/text/modality.ts'
import { Random } from '../../src/ops/random.ts'

const MODALITIES: Readonly<Record<ModalityName, Modality<never>>> = {
  image: imageModality,
  audio: audioModality,
  text: textModality,
}

/**
 * Samples of noise: numbers, or bytes for a text, half of them with padding where samples may have some. Numbers are
 * augmented by a little more noise.
 */
function noise(name: ModalityName, { tokens, input, padded }: Layout): Dataset {
  const length = input[0] * input[1]
  return {
    size: 20,
    classes: undefined,
    label: (sample) => `noise ${sample}`,
    write: (sample, out, offset, augmentation) => {
      const random = Random.stream(sample, 'noise')
      const more = () => 0.1 * (augmentation?.normal() ?? 0)
      const draw = () => (name === 'text' ? random.integer(0, 255) : random.normal() + more())
      for (let i = 0; i < length; i++) out[offset + i] = draw()
      return { length: padded && sample % 2 === 0 ? Math.ceil(tokens / 2) : tokens, start: 0 }
    },
    show: () => ({ kind: 'text', pieces: [], seen: [] }),
    raw: () => new Float32Array(),
  }
}

export interface NoiseSteps {
  readonly stepper: Stepper
  /** That of the latest step. */
  readonly batch: HostBatch
  /** One step with the settings of now. */
  readonly advance: (hot?: Partial<Config>) => void
  /** The same, and what it measured. */
  readonly next: (hot?: Partial<Config>) => Promise<Measured>
  readonly dispose: () => void
}

/** Trains a small model on noise, always the same, with whichever stepper. */
export function noiseSteps(
  name: ModalityName,
  create: (learner: Learner, layout: Layout, batchSize: number) => Stepper,
  overrides: Overrides = {},
): NoiseSteps {
  const config = resolveConfig(name, 'tiny', overrides)
  const modality = MODALITIES[name]
  const layout = modality.layout(config)
  const learner = createLearner(modality, config, Random.stream(1, 'weights'))
  const sampler = new Sampler(modality, layout, noise(name, layout), config)
  const stepper = create(learner, layout, config.batchSize)
  const advance = (hot: Partial<Config> = {}) => {
    const now = { ...config, ...hot }
    sampler.next(now)
    stepper.advance(sampler.batch, stepSettings(now, learner.updates), true)
  }
  return {
    stepper,
    batch: sampler.batch,
    advance,
    next: async (hot) => {
      advance(hot)
      const [measured] = await stepper.read()
      return measured
    },
    dispose: () => {
      stepper.dispose()
      disposeLearner(learner)
    },
  }
}

/** A run of the page on the same noise, ready for its first step or for those after another run's. */
export async function noiseRun(name: ModalityName, overrides: Overrides = {}, from?: RunState): Promise<Run> {
  const config = resolveConfig(name, 'tiny', overrides)
  const modality = MODALITIES[name]
  const run = new Run(name, modality, config, () => noise(name, modality.layout(config)), from)
  await run.prepare(() => undefined)
  return run
}
