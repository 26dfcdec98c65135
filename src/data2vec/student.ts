import { expandDims, squeeze, sub, type Tensor } from '@tensorflow/tfjs-core'
import type { AttentionOptions } from '../ops/attention.ts'
import { maskTokens, placeTokens, zeroPadding } from '../ops/tokens.ts'
import type { Batch } from './batch.ts'
import { decode } from './decoder.ts'
import { clearPadding, dropCls, encode, encodeSome, locate, lookAt, type Encoded } from './encoder.ts'
import { applyHead } from './head.ts'
import type { Learner } from './learner.ts'
import { positionTable } from './place.ts'
import { putBack, repeatForViews, takeVisible, type Views } from './views.ts'

/** What the student makes of what it gets: of every token, or with several views of the visible ones only. */
export function encodeMasked(learner: Learner, batch: Batch): Encoded {
  const { views } = batch
  return views === undefined ? encodeAll(learner, batch) : encodeVisible(learner, batch, views)
}

/** data2vec: the student sees the mask token wherever the mask is 1. */
function encodeAll(learner: Learner, { input, seen = input, valid, mask }: Batch): Encoded {
  const { config, frontEnd, positions, student } = learner
  const masked = maskTokens(frontEnd.embed(student, seen, config), mask, student.mask_token)
  return encode(masked, valid, student, positions, config)
}

/**
 * data2vec 2.0 (spec §7): tokens get their places as in the whole sample; those that are hidden are then left out.
 * Convolutions that tell places see zeros where they were.
 */
function encodeVisible(learner: Learner, batch: Batch, views: Views): Encoded {
  const { config, student } = learner
  const visible = takeVisible(locatedViews(learner, batch, views), views)
  return encodeSome(visible, studentLook(learner, batch), student, config)
}

/** What the student's attention has to know of the tokens that it gets. */
export function studentLook(
  { config, student, positions }: Learner,
  { valid, views }: Batch,
): AttentionOptions {
  if (views === undefined) return lookAt(valid, student, positions, config)
  return lookAt(valid && validOf(valid, views), student, positions, config, views.places)
}

/** All tokens of all views, `[V, T, D]`, of which those count that are visible. */
export function locatedViews(learner: Learner, { input, valid, mask }: Batch, views: Views): Tensor {
  const { config, frontEnd, positions, student } = learner
  const placed = placeTokens(frontEnd.embed(student, input, config), {
    positions: positionTable(student, positions, config),
  })
  const repeated = repeatForViews(clearPadding('embedded', placed, valid, config), views)
  if (config.positions !== 'conv') return repeated
  const shown = zeroPadding(repeated, sub(1, mask))
  return locate(shown, valid && repeatForViews(valid, views), student, config)
}

/** `[B, T]` → `[V, K]` */
function validOf(valid: Tensor, views: Views): Tensor {
  return squeeze(takeVisible(expandDims(repeatForViews(valid, views), 2), views), [2])
}

/** The student's guess at the teacher's targets, `[B, T, D]`, at every token; with several views `[V, T, D]`. */
export function predict(learner: Learner, encoded: Encoded, { views }: Pick<Batch, 'views'>): Tensor {
  const { config, student, frontEnd } = learner
  const tokens = dropCls(encoded.output, config)
  if (views === undefined) return applyHead(tokens, student, 'head', config)
  return decode(putBack(tokens, views), student, frontEnd.layout(config).grid, config)
}
