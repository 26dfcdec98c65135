import type { Tensor } from '@tensorflow/tfjs-core'
import { gelu } from '../ops/gelu.ts'
import { linear } from '../ops/linear.ts'
import type { Batch } from './batch.ts'
import { applyMask, dropCls, encode, type Encoded } from './encoder.ts'
import type { Learner } from './learner.ts'

/** The student sees the mask token wherever the mask is 1. */
export function encodeMasked(learner: Learner, { input, seen = input, valid, mask }: Batch): Encoded {
  const { config, frontEnd, positions, student } = learner
  const masked = applyMask(frontEnd.embed(student, seen, config), mask, student.mask_token)
  return encode(masked, valid, student, positions, config)
}

/** The student's guess at the teacher's targets, `[B, T, D]`, at every token. */
export function predict({ config, student }: Learner, encoded: Encoded): Tensor {
  const layer = (x: Tensor, name: string) => linear(x, student[`${name}.weight`], student[`${name}.bias`])
  const tokens = dropCls(encoded.output, config)
  switch (config.head) {
    case 'linear':
      return layer(tokens, 'head')
    case 'mlp':
      return layer(gelu(layer(tokens, 'head.fc1')), 'head.fc2')
    case 'none':
      return tokens
  }
}
