import { tensor2d, tensor3d, type Tensor3D } from '@tensorflow/tfjs-core'
import type { Config } from '../../../src/config/schema.ts'
import { relativeBias } from '../../../src/data2vec/place.ts'
import { teacherWeights } from '../../../src/data2vec/teacher.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { patchIndices } from '../../../src/modalities/image/patches.ts'
import type { Weights } from '../../../src/ops/parameters.ts'
import { ofStep, tensorOf, type Golden } from '../golden.ts'
import { prefixed, translate, translateIfNamed, type ReferenceNames, type Rule } from '../names.ts'
import { blockActivations, type Activation, type Pass, type Variant } from './variant.ts'

/** The two codes name some fields differently. */
interface VisionModel {
  readonly image_size: number
  readonly patch_size: number
  readonly embed_dim: number
  readonly depth: number
  readonly num_heads: number
  readonly layer_scale_init_value: number
  readonly average_top_k_layers?: number
  readonly target_layers?: readonly number[]
  readonly loss_beta?: number
  readonly l1_beta?: number
}

const BLOCK: readonly Rule[] = [
  [/^(.*)attention\.qkv\.weight$/, '$1attn.qkv.weight'],
  [/^(.*)attention\.query\.bias$/, '$1attn.q_bias'],
  [/^(.*)attention\.value\.bias$/, '$1attn.v_bias'],
  [/^(.*)attention\.output\.(.*)$/, '$1attn.proj.$2'],
  [/^(.*)scale([12])$/, '$1gamma_$2'],
]

const BEIT: readonly Rule[] = [
  [/^patch_embed\.(.*)$/, 'patch_embed.proj.$1'],
  [/^relative_position\.table$/, 'rel_pos_bias.relative_position_bias_table'],
  [/^head\.(.*)$/, 'lm_head.$1'],
  [/^(.*)ffn\.(.*)$/, '$1mlp.$2'],
  ...BLOCK,
]

const FAIRSEQ_ENCODER: readonly Rule[] = [
  [/^relative_position\.table$/, 'rel_pos_bias.relative_position_bias_table'],
  [/^(.*)ffn\.fc1\.(.*)$/, '$1mlp.0.$2'],
  [/^(.*)ffn\.fc2\.(.*)$/, '$1mlp.2.$2'],
  ...BLOCK,
]

const FAIRSEQ_OUTSIDE: readonly Rule[] = [
  [/^patch_embed\.(.*)$/, 'patch_embed.conv.$1'],
  [/^(mask|cls)_token$/, '$1_emb'],
]

const beitNames: ReferenceNames = {
  student: (name) => translate(name, BEIT),
  teacher: (name) => translate(name, BEIT),
}

const fairseqNames: ReferenceNames = {
  student: (name) =>
    translateIfNamed(name, FAIRSEQ_OUTSIDE) ?? prefixed('encoder.', fairseqNames.teacher(name)),
  teacher: (name) => translate(name, FAIRSEQ_ENCODER),
}

/** The code behind the paper's vision results (spec §3.3, §5, §6). */
export const visionBeit: Variant = vision(
  beitNames,
  { normEpsilon: 1e-6, head: 'linear', targetNorm: 'layer', teacherScope: 'all', lossScale: 'mean' },
  (pass) => [
    embedded('act/student/patch_embed', pass.learner.student, pass),
    embedded('act/teacher/patch_embed', teacherWeights(pass.learner), pass),
  ],
)

/** fairseq's version of it. */
export const visionFairseq: Variant = vision(
  fairseqNames,
  { normEpsilon: 1e-5, head: 'none', targetNorm: 'none', teacherScope: 'transformer', lossScale: 'rsqrt' },
  (pass) => [embedded('act/patch_embed', pass.learner.student, pass)],
)

function vision(
  names: ReferenceNames,
  overrides: Partial<Config>,
  embeddings: (pass: Pass) => Activation[],
): Variant {
  return {
    modality: 'image',
    names: () => names,
    config: (golden) => ({ ...configOf(golden, names), ...overrides }),
    frontEnd: () => imageModality,
    batch: batchOf,
    activations: (pass) => [...activationsOf(pass), ...embeddings(pass)],
  }
}

function configOf(golden: Golden, names: ReferenceNames): Partial<Config> {
  const model = golden.sidecar.config.model as VisionModel
  // fairseq's model ignores the ratio that it is given.
  const [{ name }] = names.student('blocks.0.ffn.fc1.weight')
  const { shape } = tensorOf(golden, `student.init/${name}`)
  return {
    imageSize: model.image_size,
    patchSize: model.patch_size,
    channels: 'colour',
    width: model.embed_dim,
    depth: model.depth,
    heads: model.num_heads,
    ffnRatio: shape[0] / shape[1],
    normPlacement: 'pre',
    layerScale: model.layer_scale_init_value,
    positions: 'relative',
    clsToken: true,
    targetLayers: model.average_top_k_layers ?? model.target_layers?.length ?? 0,
    targetSource: 'block',
    targetFinalNorm: 'layer',
    beta: model.l1_beta ?? model.loss_beta ?? 0,
  }
}

function batchOf(golden: Golden, step: number) {
  const mask = ofStep(golden, 'input/masks', step)
  const [batch, tokens] = mask.shape
  return {
    input: patchesOf(golden, 'input/image', (golden.sidecar.config.model as VisionModel).patch_size),
    mask: tensor2d(mask.values, [batch, tokens]),
  }
}

/** Images `[B, 3, side, side]` as patches, `[B, T, 3 · p²]`. */
export function patchesOf(golden: Golden, key: string, patch: number): Tensor3D {
  const { values, shape } = tensorOf(golden, key)
  const [batch, channels, side] = shape
  const indices = patchIndices(channels, side, patch)
  const patches = new Float32Array(values.length)
  for (let sample = 0; sample < batch; sample++) {
    const start = sample * indices.length
    indices.forEach((pixel, i) => (patches[start + i] = values[start + pixel]))
  }
  return tensor3d(patches, [batch, (side / patch) ** 2, channels * patch ** 2])
}

function activationsOf({ learner, teacher, student }: Pass): Activation[] {
  const bias = relativeBias(learner.student, learner.positions, learner.config)
  return [
    { key: 'act/teacher/encoder_input', actual: teacher.input },
    { key: 'act/student/encoder_input', actual: student.input },
    ...blockActivations('teacher', 'block', teacher),
    ...blockActivations('student', 'block', student),
    { key: 'act/student/final_norm', actual: student.output },
    ...(bias ? [{ key: 'act/student/rel_pos_bias', actual: bias }] : []),
  ]
}

function embedded(key: string, weights: Weights, { batch, learner }: Pass): Activation {
  return { key, actual: imageModality.embed(weights, batch.input, learner.config) }
}
