import { scalar, tensor1d, type Scalar, type Tensor1D } from '@tensorflow/tfjs-core'
import { NO_UPDATE, packUpdate } from '../ops/adamwEma.ts'
import type { StepSettings } from './schedule.ts'

/** The numbers of one step as tensors: a step that was recorded once reads new ones from the same place. */
export interface StepConstants {
  /** The loss's β. */
  readonly beta: Scalar
  /** `[L]`: how much each block counts in the target: 1/K for the last K, and 0. */
  readonly layerWeights: Tensor1D
  /** `[11]`: what the optimiser needs, from `packUpdate`. */
  readonly update: Tensor1D
}

/** The same numbers on the CPU. */
export type StepNumbers = Readonly<Record<keyof StepConstants, readonly number[]>>

/**
 * @param update number of the update, from 1
 * @param depth blocks of the network
 */
export function stepNumbers(settings: StepSettings, update: number, depth: number): StepNumbers {
  return {
    beta: [settings.beta],
    layerWeights: layerWeights(settings.targetLayers, depth),
    update: packUpdate({ ...settings, epsilon: settings.adamEpsilon, update }),
  }
}

/** The numbers of a step that computes all that any step does, and changes nothing. */
export function trialNumbers(settings: StepSettings, depth: number): StepNumbers {
  return { ...stepNumbers(settings, 1, depth), update: NO_UPDATE }
}

/** A step's numbers as tensors, which are the caller's. */
export function stepConstants(settings: StepSettings, update: number, depth: number): StepConstants {
  return toConstants(stepNumbers(settings, update, depth))
}

/** As tensors, which are the caller's. */
export function toConstants(numbers: StepNumbers): StepConstants {
  return {
    beta: scalar(numbers.beta[0]),
    layerWeights: tensor1d([...numbers.layerWeights]),
    update: tensor1d([...numbers.update]),
  }
}

/** The mean of the last `layers` of `depth` (paper §3.3) as a weighted sum of all. */
function layerWeights(layers: number, depth: number): number[] {
  return Array.from({ length: depth }, (_, i) => (i < depth - layers ? 0 : 1 / layers))
}
