import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolveConfig } from '../../src/config/presets.ts'
import type { Config } from '../../src/config/schema.ts'
import { readSafetensors, type StoredTensor } from '../support/safetensors.ts'
import { beitNames, fairseqNames, type ReferenceNames } from './names.ts'

/** What the reference measured at one step. */
interface ReferenceStep {
  readonly loss_per_sample: number
  readonly grad_norm_before_clip: number
  readonly ema_decay_used_after_step: number
  readonly target_var?: number
  readonly pred_var?: number
}

interface Noise {
  readonly step1_err: number
  readonly step5_err: number
}

/** Constructor fields of the reference's model; the two codes name some differently. */
interface ReferenceModel {
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

export interface Sidecar {
  readonly config: { readonly batch: number; readonly model: ReferenceModel }
  readonly optimizer: {
    readonly lr: number
    readonly betas: [number, number]
    readonly eps: number
    readonly weight_decay: number
    readonly weight_decay_rule: 'no1d' | 'all'
    readonly clip_norm: number
  }
  readonly steps_f32: readonly ReferenceStep[]
  readonly decayed_params: readonly string[]
  readonly noise_floor_per_param: Readonly<Record<string, Noise>>
}

/** One model that a reference implementation trained for five steps. */
export interface GoldenCase {
  readonly name: string
  readonly sidecar: Sidecar
  readonly tensors: Map<string, StoredTensor>
  readonly config: Config
  readonly names: ReferenceNames
}

interface Variant {
  readonly names: ReferenceNames
  readonly overrides: Partial<Config>
}

/** The cases that this project covers, and what each reference does otherwise (spec §3.3, §5, §6). */
const VARIANTS: Readonly<Record<string, Variant>> = {
  vision_beit: {
    names: beitNames,
    overrides: {
      normEpsilon: 1e-6,
      head: 'linear',
      targetNorm: 'layer',
      teacherScope: 'all',
      lossScale: 'mean',
    },
  },
  vision: {
    names: fairseqNames,
    overrides: {
      normEpsilon: 1e-5,
      head: 'none',
      targetNorm: 'none',
      teacherScope: 'transformer',
      lossScale: 'rsqrt',
    },
  },
}

export const CASE_NAMES = Object.keys(VARIANTS)

export function readCase(folder: string, name: string): GoldenCase {
  const { names, overrides } = VARIANTS[name]
  const sidecar = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Sidecar
  const tensors = readSafetensors(join(folder, `${name}.safetensors`))
  const golden: GoldenCase = { name, sidecar, tensors, names, config: resolveConfig('image', 'small') }
  return { ...golden, config: { ...golden.config, ...modelOf(golden), ...overrides } }
}

export function tensorOf({ tensors, name }: GoldenCase, key: string): StoredTensor {
  const tensor = tensors.get(key)
  if (tensor === undefined) throw new Error(`The golden case ${name} has no tensor ${key}.`)
  return tensor
}

function modelOf(golden: GoldenCase): Partial<Config> {
  const { model } = golden.sidecar.config
  const { lr, betas, eps, weight_decay, weight_decay_rule, clip_norm } = golden.sidecar.optimizer
  const fc1 = tensorOf(golden, `student.init/${golden.names.student('blocks.0.ffn.fc1.weight')}`)
  return {
    imageSize: model.image_size,
    patchSize: model.patch_size,
    channels: 'colour',
    width: model.embed_dim,
    depth: model.depth,
    heads: model.num_heads,
    ffnRatio: fc1.shape[0] / fc1.shape[1],
    normPlacement: 'pre',
    layerScale: model.layer_scale_init_value,
    positions: 'relative',
    clsToken: true,
    targetLayers: model.average_top_k_layers ?? model.target_layers?.length ?? 0,
    targetSource: 'block',
    targetFinalNorm: 'layer',
    beta: model.l1_beta ?? model.loss_beta ?? 0,
    lr,
    beta1: betas[0],
    beta2: betas[1],
    adamEpsilon: eps,
    weightDecay: weight_decay,
    decayScope: weight_decay_rule === 'all' ? 'all' : 'matrices',
    clipNorm: clip_norm,
  }
}
