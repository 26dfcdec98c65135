import type { Tensor } from '@tensorflow/tfjs-core'
import { feedForward } from '../ops/feedForward.ts'
import { linear } from '../ops/linear.ts'
import { maskTokens } from '../ops/tokens.ts'
import type { Batch } from './batch.ts'
import { dropCls, encode, type Encoded } from './encoder.ts'
import type { Learner } from './learner.ts'

/** The student sees the mask token wherever the mask is 1. */
export function encodeMasked(learner: Learner, { input, seen = input, valid, mask }: Batch): Encoded {
  const { config, frontEnd, positions, student } = learner
  const masked = maskTokens(frontEnd.embed(student, seen, config), mask, student.mask_token)
  return encode(masked, valid, student, positions, config)
}

/** The student's guess at the teacher's targets, `[B, T, D]`, at every token. */
export function predict({ config, student }: Learner, encoded: Encoded): Tensor {
  const layer = (name: string) => ({ weight: student[`${name}.weight`], bias: student[`${name}.bias`] })
  const tokens = dropCls(encoded.output, config)
  switch (config.head) {
    case 'linear':
      return linear(tokens, student['head.weight'], student['head.bias'])
    case 'mlp':
      return feedForward(tokens, { fc1: layer('head.fc1'), fc2: layer('head.fc2') })
    case 'none':
      return tokens
  }
}
