import type { Config } from '../config/schema.ts'
import type { Weights } from '../ops/parameters.ts'
import type { Batch } from './batch.ts'
import { encode, prependCls, type Encoded } from './encoder.ts'
import type { Learner } from './learner.ts'

/**
 * Whether the teacher keeps a moving average of a parameter. With the scope `transformer` it shares what comes before
 * the Transformer with the student, and needs neither mask token nor head (spec §2).
 */
export function isAveraged(name: string, scope: Config['teacherScope']): boolean {
  if (scope === 'all') return true
  return ['blocks.', 'norm.', 'relative_position.'].some((prefix) => name.startsWith(prefix))
}

/** The weights that the teacher computes with: its own, and the student's where it shares. */
export function teacherWeights(learner: Learner): Weights {
  return { ...learner.student, ...learner.teacher }
}

/** The teacher sees the whole input and is never differentiated. */
export function encodeWhole(learner: Learner, { input }: Pick<Batch, 'input' | 'valid'>): Encoded {
  const { config, frontEnd, positions } = learner
  const weights = teacherWeights(learner)
  const embedded = frontEnd.embed(weights, input, config)
  return encode(prependCls(embedded, weights, config), weights, positions, config)
}
