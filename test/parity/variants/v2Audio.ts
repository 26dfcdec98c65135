import { sub, tensor3d } from '@tensorflow/tfjs-core'
import type { Config } from '../../../src/config/schema.ts'
import { convPositions } from '../../../src/data2vec/place.ts'
import { repeatForViews } from '../../../src/data2vec/views.ts'
import { encodeWaveform } from '../../../src/modalities/audio/embed.ts'
import { zeroPadding } from '../../../src/ops/tokens.ts'
import { tensorOf, type Golden } from '../golden.ts'
import { translateIfNamed, type ReferenceNames } from '../names.ts'
import { parseConvolutions, waveformFrontEnd } from './audio.ts'
import {
  commonActivations,
  commonConfig,
  commonNames,
  contextInput,
  prenetOf,
  requiredViews,
  settingsOf,
  viewsOf,
} from './v2.ts'
import type { Activation, Pass, Variant } from './variant.ts'

interface AudioSettings {
  readonly feature_encoder_spec: string
  readonly conv_pos_depth: number
  readonly conv_pos_width: number
  readonly conv_pos_groups: number
}

const ENCODER = 'modality_encoders.AUDIO.'

/** data2vec 2.0 for audio (spec §7). */
export const v2Audio: Variant = {
  modality: 'audio',
  names: namesOf,
  config: configOf,
  frontEnd: (golden) => waveformFrontEnd(golden, convolutionsOf(golden).layers),
  batch: (golden, step) => {
    const { values, shape } = tensorOf(golden, 'input/source')
    return { input: tensor3d(values, [shape[0], shape[1], 1]), ...viewsOf(golden, step) }
  },
  prenet: prenetOf,
  activations: activationsOf,
}

function ofModality(golden: Golden): AudioSettings {
  return settingsOf<AudioSettings>(golden).modality_cfg
}

function convolutionsOf(golden: Golden) {
  return parseConvolutions(ofModality(golden).feature_encoder_spec)
}

function namesOf(golden: Golden): ReferenceNames {
  const common = commonNames(golden, ENCODER)
  const student = (name: string) => {
    const [, layer = '', rest = ''] = /^position_conv\.(\d+)\.(.*)$/.exec(name) ?? []
    if (layer !== '')
      return [{ name: `${ENCODER}relative_positional_encoder.${Number(layer) + 1}.0.${rest}` }]
    return (
      translateIfNamed(name, [
        [/^alibi\.scale$/, `${ENCODER}alibi_scale`],
        [/^feature_encoder\.(\d+)\.conv\.(.*)$/, `${ENCODER}local_encoder.conv_layers.$1.0.$2`],
        [/^feature_encoder\.(\d+)\.norm\.(.*)$/, `${ENCODER}local_encoder.conv_layers.$1.2.1.$2`],
        [/^feature_norm\.(.*)$/, `${ENCODER}project_features.1.$1`],
        [/^feature_projection\.(.*)$/, `${ENCODER}project_features.2.$1`],
        [/^norm\.(.*)$/, `${ENCODER}context_encoder.norm.$1`],
      ]) ??
      common(name) ?? [{ name }]
    )
  }
  return { student, teacher: student }
}

function configOf(golden: Golden): Partial<Config> {
  const { conv_pos_depth, conv_pos_width, conv_pos_groups } = ofModality(golden)
  return {
    ...commonConfig(golden),
    frontEnd: 'waveform',
    convChannels: convolutionsOf(golden).channels,
    positions: 'conv',
    positionLayers: conv_pos_depth,
    positionKernel: Math.max(3, Math.floor(conv_pos_width / conv_pos_depth)),
    positionGroups: conv_pos_groups,
    alibi: true,
    teacherScope: 'encoder',
  }
}

function activationsOf(pass: Pass): Activation[] {
  const { golden, learner, batch } = pass
  const { config } = learner
  const { layers } = convolutionsOf(golden)
  const features = encodeWaveform(layers, learner.student, batch.input, config)
  const shown = zeroPadding(repeatForViews(features.projected, requiredViews(pass)), sub(1, batch.mask))
  return [
    { key: 'act/student/local_encoder', actual: features.layers[layers.length - 1] },
    { key: 'act/student/project_features', actual: features.projected },
    { key: 'act/student/relative_positional_encoder', actual: convPositions(shown, learner.student, config) },
    contextInput(pass),
    ...commonActivations(pass),
  ]
}
