import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSafetensors, type StoredTensor } from '../support/safetensors.ts'

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

/** What the reference was told and what it measured (golden/README.md). */
export interface Sidecar {
  /** `model` has the constructor fields of the reference's model, which each variant knows. */
  readonly config: { readonly model: unknown }
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
  readonly params_without_grad: readonly string[]
  readonly params_with_mathematically_zero_grad: readonly string[]
  readonly teacher_copied_not_averaged: readonly string[]
  readonly noise_floor_per_param: Readonly<Record<string, Noise>>
}

/** One model that a reference implementation trained for five steps. */
export interface Golden {
  readonly name: string
  readonly sidecar: Sidecar
  readonly tensors: Map<string, StoredTensor>
}

export function readGolden(folder: string, name: string): Golden {
  const sidecar = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Sidecar
  return { name, sidecar, tensors: readSafetensors(join(folder, `${name}.safetensors`)) }
}

export function tensorOf({ tensors, name }: Golden, key: string): StoredTensor {
  const tensor = tensors.get(key)
  if (tensor === undefined) throw new Error(`The golden case ${name} has no tensor ${key}.`)
  return tensor
}

/** Some rows of a tensor, counted along its first axis. */
export function rowsOf({ values, shape }: StoredTensor, from: number, to: number): StoredTensor {
  const size = values.length / shape[0]
  return { shape: [to - from, ...shape.slice(1)], values: values.slice(from * size, to * size) }
}

/** What a tensor holds of one step, where its first axis counts steps. */
export function ofStep(golden: Golden, key: string, step: number): StoredTensor {
  const { shape, values } = rowsOf(tensorOf(golden, key), step, step + 1)
  return { shape: shape.slice(1), values }
}

/** Where values are what is looked for. */
export function placesOf(values: Float32Array, isWanted: (value: number) => boolean): number[] {
  return [...values.entries()].flatMap(([place, value]) => (isWanted(value) ? [place] : []))
}
