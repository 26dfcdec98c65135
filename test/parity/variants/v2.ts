import { mean, reshape, sub, tensor1d, tensor2d, transpose, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../../../src/config/schema.ts'
import type { Batch } from '../../../src/data2vec/batch.ts'
import { decoderStates } from '../../../src/data2vec/decoder.ts'
import { locatedViews, predict } from '../../../src/data2vec/student.ts'
import { averageTargets } from '../../../src/data2vec/targets.ts'
import { viewOrder, type ViewOrder } from '../../../src/data2vec/viewOrder.ts'
import { forViews, putBack, takeVisible, type Views } from '../../../src/data2vec/views.ts'
import { dropCls, type Encoded } from '../../../src/data2vec/encoder.ts'
import { placeTokens } from '../../../src/ops/tokens.ts'
import { ofStep, tensorOf, type Golden } from '../golden.ts'
import { translateIfNamed, type Part, type Rule } from '../names.ts'
import type { Activation, Pass } from './variant.ts'

/** fairseq's data2vec 2.0 has one model for all modalities (spec §7); what follows is common to them. */
interface V2Model {
  readonly depth: number
  readonly embed_dim: number
  readonly num_heads: number
  readonly mlp_ratio: number
  readonly norm_eps: number
  readonly average_top_k_layers: number
  readonly clone_batch: number
  readonly layer_norm_targets: boolean
  readonly loss_beta: number
  readonly loss_scale: number | null
  readonly cls_loss: number
}

interface V2Decoder {
  readonly decoder_dim: number
  readonly decoder_groups: number
  readonly decoder_kernel: number
  readonly decoder_layers: number
  readonly decoder_residual?: boolean
  readonly projection_layers?: number
}

interface V2Settings<OfModality> {
  readonly model: V2Model
  readonly modality_cfg: OfModality & { readonly prenet_depth: number }
  readonly decoder: V2Decoder
}

export function settingsOf<OfModality>({ sidecar }: Golden): V2Settings<OfModality> {
  return sidecar.config as unknown as V2Settings<OfModality>
}

/** Blocks of the reference's context encoder, which are our first blocks. */
export function prenetOf(golden: Golden): number {
  return settingsOf(golden).modality_cfg.prenet_depth
}

/** All that is the same for each modality. */
export function commonConfig(golden: Golden): Partial<Config> {
  const { model, decoder } = settingsOf(golden)
  return {
    method: '2',
    views: model.clone_batch,
    width: model.embed_dim,
    depth: prenetOf(golden) + model.depth,
    heads: model.num_heads,
    ffnRatio: model.mlp_ratio,
    normPlacement: 'post',
    normEpsilon: model.norm_eps,
    layerScale: 0,
    head: decoder.projection_layers === 2 ? 'mlp' : 'linear',
    decoderLayers: decoder.decoder_layers,
    decoderKernel: decoder.decoder_kernel,
    decoderWidth: decoder.decoder_dim,
    decoderGroups: decoder.decoder_groups,
    decoderResidual: decoder.decoder_residual ?? true,
    targetLayers: model.average_top_k_layers,
    targetSource: 'ffn',
    targetNorm: 'instance',
    targetFinalNorm: model.layer_norm_targets ? 'layer' : 'none',
    beta: model.loss_beta,
    lossScale: model.loss_scale === null ? 'rsqrt' : 'sum',
    clsLoss: model.cls_loss,
  }
}

const BLOCK: readonly Rule[] = [
  [/^(.*)attention\.qkv\.weight$/, '$1attn.qkv.weight'],
  [/^(.*)attention\.output\.(.*)$/, '$1attn.proj.$2'],
  [/^(.*)ffn\.(.*)$/, '$1mlp.$2'],
]

/** What blocks and decoder are called; `encoder` is the prefix of what belongs to the modality. */
export function commonNames(golden: Golden, encoder: string): (name: string) => readonly Part[] | undefined {
  const prenet = prenetOf(golden)
  return (name) => {
    const decoder = translateIfNamed(name, [
      [/^decoder\.head\.fc1\.(.*)$/, `${encoder}decoder.proj.0.$1`],
      [/^decoder\.head\.fc2\.(.*)$/, `${encoder}decoder.proj.2.$1`],
      [/^decoder\.head\.(.*)$/, `${encoder}decoder.proj.$1`],
      [/^decoder\.(\d+)\.(.*)$/, `${encoder}decoder.blocks.$1.0.$2`],
    ])
    const [, index = '', rest = ''] = /^blocks\.(\d+)\.(.*)$/.exec(name) ?? []
    if (index === '') return decoder
    const block =
      Number(index) < prenet
        ? `${encoder}context_encoder.blocks.${index}.`
        : `blocks.${Number(index) - prenet}.`
    return blockNames(block + rest, settingsOf(golden).model.embed_dim)
  }
}

/** The reference's projection has a bias for keys, too, which softmax cancels; ours lacks it. */
function blockNames(name: string, width: number): readonly Part[] {
  const [, block = '', which = ''] = /^(.*)attention\.(query|value)\.bias$/.exec(name) ?? []
  if (which === '') return translateIfNamed(name, BLOCK) ?? [{ name }]
  const first = which === 'query' ? 0 : 2 * width
  return [{ name: `${block}attn.qkv.bias`, rows: [first, first + width] }]
}

/** The reference's masks and noise of a step. */
export function viewsOf(golden: Golden, step: number): Pick<Batch, 'mask'> & { readonly views: Views } {
  const { values, shape } = ofStep(golden, 'input/masks', step)
  const [count, tokens] = shape
  const order = viewOrder(values, tokens)
  return {
    mask: tensor2d(values, [count, tokens]),
    views: {
      perSample: settingsOf(golden).model.clone_batch,
      seen: tensor1d(order.seen),
      rank: tensor1d(order.rank),
      places: tensor2d(order.places, [count, order.visible]),
      noise: noiseOf(golden, step, order),
    },
  }
}

/** Noise in the order of the hidden tokens. */
function noiseOf(golden: Golden, step: number, { hidden }: ViewOrder) {
  const { values, shape } = ofStep(golden, 'input/decoder_mask_noise_by_position', step)
  const [, , width] = shape
  const rows = [...hidden].flatMap((token) => [...values.subarray(token * width, (token + 1) * width)])
  return tensor2d(rows, [hidden.length, width])
}

/** Everything that the reference records of each modality. */
export function commonActivations(pass: Pass): Activation[] {
  const { golden, learner, batch, teacher, student } = pass
  const prenet = prenetOf(golden)
  const first = ({ input, blocks }: Encoded) => (prenet === 0 ? input : blocks[prenet - 1])
  const views = requiredViews(pass)
  const visible = seenTokens(golden)
  const put = putBack(dropCls(student.output, learner.config), views)
  return [
    { key: 'act/teacher/blocks_input', actual: first(teacher) },
    ...ofBlocks(teacher, prenet).flatMap(({ block, ffn }, i) => [
      { key: `act/teacher/block${i}`, actual: block },
      { key: `act/teacher/block${i}_target`, actual: ffn },
    ]),
    ...student.blocks
      .slice(0, prenet)
      .map((actual, i) => ({ key: `act/student/prenet${i}`, actual, ...visible })),
    { key: 'act/student/context_encoder', actual: first(student), ...visible },
    ...ofBlocks(student, prenet).flatMap(({ block, ffn }, i) => [
      { key: `act/student/block${i}`, actual: block, ...visible },
      { key: `act/student/block${i}_ffn`, actual: ffn, ...visible },
    ]),
    { key: 'act/student/decoder_input', actual: put },
    ...ofDecoder(put, pass),
    { key: 'act/student/decoder_out', actual: predict(learner, student, batch) },
  ]
}

function ofBlocks({ blocks, ffns }: Encoded, prenet: number) {
  return blocks.slice(prenet).map((block, i) => ({ block, ffn: ffns[prenet + i] }))
}

/** The reference records what a layer adds, channels first. */
function ofDecoder(put: Tensor, { golden, learner }: Pass): Activation[] {
  const { config, student, frontEnd } = learner
  const { grid } = frontEnd.layout(config)
  const states = decoderStates(put, student, grid, config)
  return states.map((state, i) => {
    const before = i === 0 ? put : states[i - 1]
    const isAdded = config.decoderResidual && before.shape[2] === state.shape[2]
    const found = transpose(isAdded ? sub(state, before) : state, [0, 2, 1])
    const key = `act/student/decoder_block${i}`
    return { key, actual: reshape(found, tensorOf(golden, key).shape) }
  })
}

/**
 * Which visible tokens are the same, ours in their order and the reference's in any, both counted through all views
 * with their extra tokens.
 */
export function seenTokens(golden: Golden): { readonly tokens: number[]; readonly expectedTokens: number[] } {
  const { values, shape } = tensorOf(golden, 'mask_step0/ids_keep')
  const [views, visible] = shape
  const extra = tensorOf(golden, 'act/student/block0').shape[1] - visible
  const ours: number[] = []
  const theirs: number[] = []
  for (let view = 0; view < views; view++) {
    const kept = [...values.subarray(view * visible, (view + 1) * visible)]
    const start = view * (visible + extra)
    for (let i = 0; i < extra; i++) {
      ours.push(start + i)
      theirs.push(start + i)
    }
    const sorted = kept.toSorted((a, b) => a - b)
    sorted.forEach((id, i) => {
      ours.push(start + extra + i)
      theirs.push(start + extra + kept.indexOf(id))
    })
  }
  return { tokens: ours, expectedTokens: theirs }
}

export function requiredViews({ golden, batch }: Pick<Pass, 'golden' | 'batch'>): Views {
  if (batch.views === undefined) throw new Error(`The golden case ${golden.name} has no views.`)
  return batch.views
}

/** What enters the student, before any norm: its CLS token and the visible tokens, which know their places. */
export function contextInput(pass: Pass): Activation {
  const { golden, learner, batch } = pass
  const { config, student } = learner
  const views = requiredViews(pass)
  const visible = takeVisible(locatedViews(learner, batch, views), views)
  const actual = placeTokens(visible, { cls: config.clsToken ? student.cls_token : undefined })
  return { key: 'act/student/context_encoder_input', actual, ...seenTokens(golden) }
}

/** The mean of all targets of each view, `[V, D]`: what its CLS token has to tell. */
export function clsTarget(pass: Pass): Tensor {
  const { learner, batch, teacher } = pass
  const { config } = learner
  const all = config.depth
  const weights = tensor1d(
    Array.from({ length: all }, (_, i) => (i < all - config.targetLayers ? 0 : 1 / config.targetLayers)),
  )
  return mean(forViews(averageTargets(teacher, weights, config), batch), 1)
}
