import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { averageLayers } from '../ops/averageLayers.ts'
import { layerNorm } from '../ops/norm.ts'
import type { Encoded } from './encoder.ts'

/** ε of the norms inside the targets, whatever the network's own (spec §5). */
export const TARGET_EPSILON = 1e-5

type TargetConfig = Pick<Config, 'targetSource' | 'targetNorm' | 'targetFinalNorm' | 'clsToken'>

/**
 * What the student has to predict: the mean of the teacher's last K layers, each normalised, on all tokens
 * (paper §3.3, spec §5).
 * @param layerWeights `[L]`: how much each block counts, 1/K for the last K
 * @returns `[B, T, D]` without the CLS token
 */
export function averageTargets(teacher: Encoded, layerWeights: Tensor1D, config: TargetConfig): Tensor {
  const { targetNorm: norm, clsToken } = config
  const mean = averageLayers(targetActivations(teacher, config), layerWeights, {
    norm,
    epsilon: TARGET_EPSILON,
    skip: clsToken ? 1 : 0,
  })
  return config.targetFinalNorm === 'layer' ? layerNorm(mean, TARGET_EPSILON) : mean
}

/** What targets are taken from, `[B, T, D]` for each block. T counts the CLS token, if there is one. */
export function targetActivations(
  { blocks, ffns }: Encoded,
  { targetSource }: Pick<Config, 'targetSource'>,
): readonly Tensor[] {
  return targetSource === 'block' ? blocks : ffns
}
