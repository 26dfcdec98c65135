import * as tf from '@tensorflow/tfjs-core'
import { batchTensors, type Batch } from '../../data2vec/batch.ts'
import type { StepConstants, StepNumbers } from '../../data2vec/stepConstants.ts'
import { UPDATE_NUMBERS } from '../../ops/adamwEma.ts'
import { viewOrder } from '../../data2vec/viewOrder.ts'
import type { Views } from '../../data2vec/views.ts'
import type { Layout, ViewLayout } from '../../modalities/modality.ts'
import { validOf, type HostBatch } from '../batches.ts'

/** Puts numbers where a tensor lies. */
type Write = (tensor: tf.Tensor, values: Float32Array) => void

/** The tensors that a recorded step reads, always the same: each step's batch and numbers are written into them. */
export class FixedBatch {
  readonly batch: Batch
  readonly constants: StepConstants
  private readonly tokens: number
  private readonly write: Write

  constructor(layout: Layout, size: number, depth: number, write: Write) {
    const { tokens, padded, replaces, views } = layout
    this.tokens = tokens
    this.write = write
    const input = (): tf.Tensor3D => tf.zeros([size, ...layout.input])
    const perToken = (samples: number): tf.Tensor2D => tf.zeros([samples, tokens])
    this.batch = {
      input: input(),
      ...(replaces && { seen: input() }),
      ...(padded && { valid: perToken(size) }),
      mask: perToken(size * (views?.perSample ?? 1)),
      ...(views && { views: emptyViews(size, tokens, views) }),
    }
    this.constants = {
      beta: tf.scalar(0),
      layerWeights: tf.zeros([depth]),
      update: tf.zeros([UPDATE_NUMBERS]),
    }
  }

  /** The tensors, for whoever has to see that they lie on the device. */
  get tensors(): readonly tf.Tensor[] {
    const { beta, layerWeights, update } = this.constants
    return [...batchTensors(this.batch), beta, layerWeights, update]
  }

  get bytes(): number {
    return this.tensors.reduce((sum, { size }) => sum + Float32Array.BYTES_PER_ELEMENT * size, 0)
  }

  /** Writes the batch and the numbers of the next step. */
  set({ input, seen, written, mask, noise }: HostBatch, numbers: StepNumbers): void {
    const { batch, constants, write } = this
    write(batch.input, input)
    if (batch.seen) write(batch.seen, seen ?? input)
    if (batch.valid) write(batch.valid, validOf(written, this.tokens))
    write(batch.mask, mask)
    if (batch.views) this.setViews(batch.views, mask, noise)
    for (const name of ['beta', 'layerWeights', 'update'] as const)
      write(constants[name], Float32Array.from(numbers[name]))
  }

  private setViews(views: Views, mask: Float32Array, noise: Float32Array): void {
    const { seen, rank, places } = viewOrder(mask, this.tokens)
    this.write(views.seen, seen)
    this.write(views.rank, rank)
    this.write(views.places, places)
    this.write(views.noise, noise)
  }

  dispose(): void {
    tf.dispose([...this.tensors])
  }
}

function emptyViews(size: number, tokens: number, { perSample, visible, width }: ViewLayout): Views {
  const views = size * perSample
  return {
    perSample,
    seen: tf.zeros([views * visible]),
    rank: tf.zeros([views * tokens]),
    places: tf.zeros([views, visible]),
    noise: tf.zeros([views * (tokens - visible), width]),
  }
}
