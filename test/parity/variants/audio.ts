import { tensor2d, tensor3d, type Tensor2D } from '@tensorflow/tfjs-core'
import type { ConvLayer } from '../../../src/config/audio.ts'
import type { Config } from '../../../src/config/schema.ts'
import type { FrontEnd } from '../../../src/data2vec/learner.ts'
import { convPositions } from '../../../src/data2vec/place.ts'
import { teacherWeights } from '../../../src/data2vec/teacher.ts'
import { encodeWaveform, waveformParameters } from '../../../src/modalities/audio/embed.ts'
import { maskTokens, zeroPadding } from '../../../src/ops/tokens.ts'
import { ofStep, tensorOf, type Golden } from '../golden.ts'
import {
  FAIRSEQ_LAYERS,
  prefixed,
  translate,
  translateIfNamed,
  type ReferenceNames,
  type Rule,
} from '../names.ts'
import { blockActivations, type Activation, type Pass, type Variant } from './variant.ts'

interface AudioModel {
  readonly encoder_layers: number
  readonly encoder_embed_dim: number
  readonly encoder_ffn_embed_dim: number
  readonly encoder_attention_heads: number
  /** A Python expression such as `[(16, 10, 5)] + [(16, 3, 2)] * 2`: channels, kernel and stride. */
  readonly conv_feature_layers: string
  /** Total width of the position convolutions. */
  readonly conv_pos: number
  readonly conv_pos_groups: number
  readonly pos_conv_depth: number
  readonly loss_beta: number
  readonly average_top_k_layers: number
}

const ENCODER: readonly Rule[] = [
  [/^position_conv\.(\d+)\.(.*)$/, 'pos_conv.$1.0.$2'],
  [/^norm\.(.*)$/, 'layer_norm.$1'],
  ...FAIRSEQ_LAYERS,
]

const OUTSIDE: readonly Rule[] = [
  [/^mask_token$/, 'mask_emb'],
  [/^feature_encoder\.(\d+)\.conv\.(.*)$/, 'feature_extractor.conv_layers.$1.0.$2'],
  [/^feature_encoder\.(\d+)\.norm\.(.*)$/, 'feature_extractor.conv_layers.$1.2.1.$2'],
  [/^feature_norm\.(.*)$/, 'layer_norm.$1'],
  [/^feature_projection\.(.*)$/, 'post_extract_proj.$1'],
  [/^head\.(.*)$/, 'final_proj.$1'],
]

const names: ReferenceNames = {
  student: (name) => translateIfNamed(name, OUTSIDE) ?? prefixed('encoder.', names.teacher(name)),
  teacher: (name) => translate(name, ENCODER),
}

/** fairseq's model for audio, with or without padding (spec §3.1, §5, §6). */
export const audio: Variant = {
  modality: 'audio',
  names: () => names,
  config: configOf,
  frontEnd: frontEndOf,
  batch: batchOf,
  activations: activationsOf,
}

function modelOf({ sidecar }: Golden): AudioModel {
  return sidecar.config.model as AudioModel
}

/** The layers that a Python expression such as `[(16, 10, 5)] + [(16, 3, 2)] * 2` says, and their number of channels. */
export function parseConvolutions(expression: string): { layers: ConvLayer[]; channels: number } {
  const terms = expression.matchAll(/\((\d+), *(\d+), *(\d+)\)\](?: *\* *(\d+))?/g)
  const layers = [...terms].flatMap(([, channels, kernel, stride, times = '1']) =>
    Array.from({ length: Number(times) }, () => ({
      channels: Number(channels),
      kernel: Number(kernel),
      stride: Number(stride),
    })),
  )
  return { layers, channels: layers[0].channels }
}

function configOf(golden: Golden): Partial<Config> {
  const model = modelOf(golden)
  return {
    frontEnd: 'waveform',
    convChannels: convolutionsOf(golden).channels,
    width: model.encoder_embed_dim,
    depth: model.encoder_layers,
    heads: model.encoder_attention_heads,
    ffnRatio: model.encoder_ffn_embed_dim / model.encoder_embed_dim,
    normPlacement: 'post',
    normEpsilon: 1e-5,
    layerScale: 0,
    positions: 'conv',
    positionLayers: model.pos_conv_depth,
    positionKernel: Math.max(3, Math.floor(model.conv_pos / model.pos_conv_depth)),
    positionGroups: model.conv_pos_groups,
    head: 'linear',
    targetLayers: model.average_top_k_layers,
    targetSource: 'ffn',
    targetNorm: 'instance',
    targetFinalNorm: 'none',
    teacherScope: 'transformer',
    beta: model.loss_beta,
    lossScale: 'rsqrt',
  }
}

function convolutionsOf(golden: Golden) {
  return parseConvolutions(modelOf(golden).conv_feature_layers)
}

/** Ours, with the reference model's few and narrow layers. */
function frontEndOf(golden: Golden): FrontEnd {
  return waveformFrontEnd(golden, convolutionsOf(golden).layers)
}

export function waveformFrontEnd(golden: Golden, layers: readonly ConvLayer[]): FrontEnd {
  const [, , tokens] = tensorOf(golden, 'input/masks').shape
  return {
    layout: () => ({ grid: [1, tokens] }),
    parameters: (config) => waveformParameters(layers, config),
    embed: (weights, input, config) => encodeWaveform(layers, weights, input, config).projected,
  }
}

function batchOf(golden: Golden, step: number) {
  const { values, shape } = tensorOf(golden, 'input/source')
  const mask = ofStep(golden, 'input/masks', step)
  const [batch, tokens] = mask.shape
  const valid = validOf(golden)
  return {
    input: tensor3d(values, [batch, shape[1], 1]),
    ...(valid && { valid }),
    mask: tensor2d(mask.values, [batch, tokens]),
  }
}

function validOf({ tensors }: Golden): Tensor2D | undefined {
  const padding = tensors.get('input/padding_mask_frames')
  return (
    padding &&
    tensor2d(
      padding.values.map((padded) => 1 - padded),
      [padding.shape[0], padding.shape[1]],
    )
  )
}

function activationsOf({ golden, learner, batch, teacher, student }: Pass): Activation[] {
  const { layers } = convolutionsOf(golden)
  const { config } = learner
  const features = encodeWaveform(layers, learner.student, batch.input, config)
  const masked = maskTokens(features.projected, batch.mask, learner.student.mask_token)
  const teacherInput = zeroPadding(features.projected, batch.valid)
  const studentInput = zeroPadding(masked, batch.valid)
  return [
    ...features.layers.map((actual, i) => ({ key: `act/feature_extractor_conv${i}`, actual })),
    { key: 'act/feature_extractor', actual: features.layers[layers.length - 1] },
    { key: 'act/feature_layer_norm', actual: features.normed },
    { key: 'act/post_extract_proj', actual: features.projected },
    { key: 'act/teacher/pos_conv_input', actual: teacherInput },
    { key: 'act/student/pos_conv_input', actual: studentInput },
    { key: 'act/teacher/pos_conv', actual: convPositions(teacherInput, teacherWeights(learner), config) },
    { key: 'act/student/pos_conv', actual: convPositions(studentInput, learner.student, config) },
    { key: 'act/teacher/embed_norm', actual: teacher.input },
    { key: 'act/student/embed_norm', actual: student.input },
    ...blockActivations('teacher', 'layer', teacher),
    ...blockActivations('student', 'layer', student),
  ]
}
