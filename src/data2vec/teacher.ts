import type { Config } from '../config/schema.ts'
import type { Weights } from '../ops/parameters.ts'
import type { Batch } from './batch.ts'
import { encode, type Encoded } from './encoder.ts'
import type { Learner } from './learner.ts'

/** What the names of averaged parameters begin with (spec §2). */
const OWNED: Readonly<Record<Config['teacherScope'], readonly string[]>> = {
  all: [''],
  encoder: [
    'position_conv.',
    'positions.',
    'alibi.',
    'cls_token',
    'embedding_norm.',
    'relative_position.',
    'blocks.',
    'norm.',
  ],
  transformer: ['embedding_norm.', 'relative_position.', 'blocks.', 'norm.'],
  blocks: ['blocks.'],
}

/**
 * Whether the teacher keeps a moving average of a parameter. What it does not own it shares with the student; it needs
 * neither mask token nor head nor decoder.
 */
export function isAveraged(name: string, scope: Config['teacherScope']): boolean {
  return !name.startsWith('decoder.') && OWNED[scope].some((prefix) => name.startsWith(prefix))
}

/** The weights that the teacher computes with: its own, and the student's where it shares. */
export function teacherWeights(learner: Learner): Weights {
  return { ...learner.student, ...learner.teacher }
}

/**
 * The teacher sees the whole input and is never differentiated.
 * @param weights the student's, where it is looked at in the same way
 */
export function encodeWhole(
  learner: Learner,
  { input, valid }: Pick<Batch, 'input' | 'valid'>,
  weights = teacherWeights(learner),
): Encoded {
  const { config, frontEnd, positions } = learner
  const embedded = frontEnd.embed(weights, input, config)
  return encode(embedded, valid, weights, positions, config)
}
