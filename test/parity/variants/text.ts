import { add, tensor2d, tensor3d, zeros } from '@tensorflow/tfjs-core'
import type { Config } from '../../../src/config/schema.ts'
import { teacherWeights } from '../../../src/data2vec/teacher.ts'
import { embed, parameters } from '../../../src/modalities/text/embed.ts'
import { eosOf } from '../../../src/modalities/text/ids.ts'
import { maskTokens } from '../../../src/ops/tokens.ts'
import { ofStep, placesOf, tensorOf, type Golden } from '../golden.ts'
import { FAIRSEQ_LAYERS, prefixed, translate, translateIfNamed, type ReferenceNames } from '../names.ts'
import { blockActivations, type Activation, type Pass, type Variant } from './variant.ts'

interface TextModel {
  readonly embed_dim: number
  readonly ffn_embed_dim: number
  readonly layers: number
  readonly attention_heads: number
  readonly average_top_k_layers: number
  readonly loss_beta: number
}

/** Ids of the reference's dictionary. `<mask>` is the last of them, so that the others can be ours as they are. */
interface Dictionary {
  readonly pad: number
  readonly mask: number
}

const SENTENCE_ENCODER = 'encoder.sentence_encoder.'

/** fairseq's model for text (spec §3.2, §5, §6). */
export const text: Variant = {
  modality: 'text',
  names: namesOf,
  config: configOf,
  frontEnd: (golden) => ({
    layout: () => ({ grid: [1, tokenCount(golden)] }),
    parameters,
    embed,
  }),
  batch: batchOf,
  activations: activationsOf,
}

function dictionaryOf({ sidecar }: Golden): Dictionary {
  return (sidecar.config as unknown as { readonly dictionary: Dictionary }).dictionary
}

function tokenCount(golden: Golden): number {
  return tensorOf(golden, 'input/target_tokens').shape[1]
}

/**
 * The reference's table of tokens has a row for `<mask>`, which is our mask token. Its table of positions begins with
 * what padding gets, and has rows for longer passages than those of the case.
 */
function namesOf(golden: Golden): ReferenceNames {
  const { pad, mask } = dictionaryOf(golden)
  const firstPosition = pad + 1
  const teacher: ReferenceNames['teacher'] = (name) => {
    if (name === 'token_embed.weight') return [{ name: 'embed_tokens.weight', rows: [0, mask] }]
    if (name === 'mask_token') return [{ name: 'embed_tokens.weight', rows: [mask, mask + 1] }]
    if (name === 'positions.weight')
      return [{ name: 'embed_positions.weight', rows: [firstPosition, firstPosition + tokenCount(golden)] }]
    return translate(name, [[/^norm\.(.*)$/, 'layernorm_embedding.$1'], ...FAIRSEQ_LAYERS])
  }
  return {
    student: (name) =>
      translateIfNamed(name, [
        [/^head\.fc1\.(.*)$/, 'encoder.regression_head.0.$1'],
        [/^head\.fc2\.(.*)$/, 'encoder.regression_head.2.$1'],
      ]) ?? prefixed(SENTENCE_ENCODER, teacher(name)),
    teacher,
  }
}

function configOf(golden: Golden): Partial<Config> {
  const model = golden.sidecar.config.model as TextModel
  return {
    vocabulary: dictionaryOf(golden).mask - eosOf({ vocabulary: 0 }) - 1,
    contextTokens: tokenCount(golden),
    width: model.embed_dim,
    depth: model.layers,
    heads: model.attention_heads,
    ffnRatio: model.ffn_embed_dim / model.embed_dim,
    normPlacement: 'post',
    normEpsilon: 1e-5,
    layerScale: 0,
    positions: 'learned',
    head: 'mlp',
    targetLayers: model.average_top_k_layers,
    targetSource: 'ffn',
    targetNorm: 'layer',
    targetFinalNorm: 'none',
    teacherScope: 'blocks',
    beta: model.loss_beta,
    lossScale: 'sum',
  }
}

/**
 * The student gets the tokens of the reference's masked input. Where those are `<mask>` ours does not look at the id:
 * any will do.
 */
function batchOf(golden: Golden, step: number) {
  const { pad, mask } = dictionaryOf(golden)
  const whole = tensorOf(golden, 'input/target_tokens').values
  const seen = ofStep(golden, 'input/src_tokens_steps', step).values
  const masks = ofStep(golden, 'input/masks', step)
  const [batch, tokens] = masks.shape
  return {
    input: tensor3d(whole, [batch, tokens, 1]),
    seen: tensor3d(
      seen.map((id) => (id === mask ? 0 : id)),
      [batch, tokens, 1],
    ),
    valid: tensor2d(
      whole.map((id) => (id === pad ? 0 : 1)),
      [batch, tokens],
    ),
    mask: tensor2d(masks.values, [batch, tokens]),
  }
}

/**
 * The reference recorded the embeddings before it makes padding zero, ours come after. Nothing else sees them: what
 * the blocks make of padding agrees again.
 */
function activationsOf({ golden, learner, batch, teacher, student }: Pass): Activation[] {
  const { input, seen = input, mask } = batch
  const tokens = placesOf(
    tensorOf(golden, 'input/target_tokens').values,
    (id) => id !== dictionaryOf(golden).pad,
  )
  const places = add(zeros(teacher.input.shape), learner.student['positions.weight'])
  const whole = embed(teacherWeights(learner), input)
  const masked = maskTokens(embed(learner.student, seen), mask, learner.student.mask_token)
  return [
    { key: 'act/teacher/embed_tokens', actual: whole },
    { key: 'act/student/embed_tokens', actual: masked },
    { key: 'act/teacher/embed_positions', actual: places, tokens },
    { key: 'act/student/embed_positions', actual: places, tokens },
    { key: 'act/teacher/layernorm_embedding', actual: teacher.input, tokens },
    { key: 'act/student/layernorm_embedding', actual: student.input, tokens },
    ...blockActivations('teacher', 'layer', teacher),
    ...blockActivations('student', 'layer', student),
  ]
}
