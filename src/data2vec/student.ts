import type { Tensor } from '@tensorflow/tfjs-core'
import { linear } from '../ops/linear.ts'
import type { Batch } from './batch.ts'
import { applyMask, dropCls, encode, prependCls, type Encoded } from './encoder.ts'
import type { Learner } from './learner.ts'

/** The student sees the mask token wherever the mask is 1. */
export function encodeMasked(learner: Learner, { input, seen = input, mask }: Batch): Encoded {
  const { config, frontEnd, positions, student } = learner
  const masked = applyMask(frontEnd.embed(student, seen, config), mask, student.mask_token)
  return encode(prependCls(masked, student, config), student, positions, config)
}

/** The student's guess at the teacher's targets, `[B, T, D]`, at every token. */
export function predict({ config, student }: Learner, encoded: Encoded): Tensor {
  const tokens = dropCls(encoded.output, config)
  return config.head === 'linear' ? linear(tokens, student['head.weight'], student['head.bias']) : tokens
}
