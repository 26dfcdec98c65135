import { imageModality } from '../../../src/modalities/image/modality.ts'
import type { Config } from '../../../src/config/schema.ts'
import { clsOf } from '../../../src/data2vec/encoder.ts'
import type { Golden } from '../golden.ts'
import { translateIfNamed, type ReferenceNames } from '../names.ts'
import {
  clsTarget,
  commonActivations,
  commonConfig,
  commonNames,
  contextInput,
  prenetOf,
  settingsOf,
  viewsOf,
} from './v2.ts'
import type { Activation, Pass, Variant } from './variant.ts'
import { patchesOf } from './vision.ts'

interface ImageSettings {
  readonly input_size: number
  readonly patch_size: number
}

const ENCODER = 'modality_encoders.IMAGE.'

/** data2vec 2.0 for images (spec §7). */
export const v2Image: Variant = {
  modality: 'image',
  names: namesOf,
  config: configOf,
  frontEnd: () => imageModality,
  batch: (golden, step) => ({
    input: patchesOf(golden, 'input/source', ofModality(golden).patch_size),
    ...viewsOf(golden, step),
  }),
  prenet: prenetOf,
  activations: activationsOf,
}

function ofModality(golden: Golden): ImageSettings {
  return settingsOf<ImageSettings>(golden).modality_cfg
}

function namesOf(golden: Golden): ReferenceNames {
  const common = commonNames(golden, ENCODER)
  const student = (name: string) =>
    translateIfNamed(name, [
      [/^patch_embed\.(.*)$/, `${ENCODER}local_encoder.proj.$1`],
      [/^cls_token$/, `${ENCODER}extra_tokens`],
      [/^norm\.(.*)$/, `${ENCODER}context_encoder.norm.$1`],
    ]) ??
    common(name) ?? [{ name }]
  return { student, teacher: student }
}

function configOf(golden: Golden): Partial<Config> {
  return {
    ...commonConfig(golden),
    imageSize: ofModality(golden).input_size,
    patchSize: ofModality(golden).patch_size,
    channels: 'colour',
    positions: 'sincos',
    clsToken: true,
    teacherScope: 'all',
  }
}

function activationsOf(pass: Pass): Activation[] {
  const { learner, batch, student } = pass
  const { config } = learner
  const embedded = imageModality.embed(learner.student, batch.input, config)
  const cls = clsOf(student, config)
  return [
    { key: 'act/student/local_encoder', actual: embedded },
    { key: 'act/student/project_features', actual: embedded },
    contextInput(pass),
    ...commonActivations(pass),
    ...(cls ? [{ key: 'cls/pred', actual: cls }] : []),
    { key: 'cls/target', actual: clsTarget(pass) },
  ]
}
