import { add, div, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { instanceNorm, layerNorm } from '../ops/norm.ts'
import { dropCls, type Encoded } from './encoder.ts'

/** ε of the norms inside the targets, whatever the network's own (spec §5). */
const TARGET_EPSILON = 1e-5

type TargetConfig = Pick<Config, 'targetSource' | 'targetNorm' | 'targetFinalNorm'>

/**
 * What the student has to predict: the mean of the teacher's last K layers, each normalised, on all tokens
 * (paper §3.3, spec §5).
 * @returns `[B, T, D]` without the CLS token
 */
export function averageTargets(teacher: Encoded, layers: number, config: Config): Tensor {
  const activations = targetActivations(teacher, layers, config).map((x) => normaliseLayer(x, config))
  return normaliseMean(
    div(
      activations.reduce((total, x) => add(total, x)),
      activations.length,
    ),
    config,
  )
}

/** The K raw activations that are averaged, `[B, T, D]` each, without the CLS token. */
export function targetActivations(teacher: Encoded, layers: number, config: Config): Tensor[] {
  const all = config.targetSource === 'block' ? teacher.blocks : teacher.ffns
  return all.slice(-layers).map((x) => dropCls(x, config))
}

export function normaliseLayer(activation: Tensor, { targetNorm }: TargetConfig): Tensor {
  switch (targetNorm) {
    case 'layer':
      return layerNorm(activation, TARGET_EPSILON)
    case 'instance':
      return instanceNorm(activation, TARGET_EPSILON)
    case 'none':
      return activation
  }
}

function normaliseMean(mean: Tensor, { targetFinalNorm }: TargetConfig): Tensor {
  return targetFinalNorm === 'layer' ? layerNorm(mean, TARGET_EPSILON) : mean
}
