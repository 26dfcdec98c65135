import * as tf from '@tensorflow/tfjs-core'
import type { Batch } from '../../data2vec/batch.ts'
import { stepNumbers, type StepConstants } from '../../data2vec/stepConstants.ts'
import type { StepSettings } from '../../data2vec/schedule.ts'
import { UPDATE_NUMBERS } from '../../ops/adamwEma.ts'
import type { Layout } from '../../modalities/modality.ts'
import { validOf, type HostBatch } from '../batches.ts'

/** Puts numbers where a tensor lies. */
type Write = (tensor: tf.Tensor, values: Float32Array) => void

/** The tensors that a recorded step reads, always the same: each step's batch and numbers are written into them. */
export class FixedBatch {
  readonly batch: Batch
  readonly constants: StepConstants
  private readonly tokens: number
  private readonly depth: number
  private readonly write: Write

  constructor(layout: Layout, size: number, depth: number, write: Write) {
    const { tokens, padded, replaces } = layout
    this.tokens = tokens
    this.depth = depth
    this.write = write
    const input = (): tf.Tensor3D => tf.zeros([size, ...layout.input])
    const perToken = (): tf.Tensor2D => tf.zeros([size, tokens])
    this.batch = {
      input: input(),
      ...(replaces && { seen: input() }),
      ...(padded && { valid: perToken() }),
      mask: perToken(),
    }
    this.constants = {
      beta: tf.scalar(0),
      layerWeights: tf.zeros([depth]),
      update: tf.zeros([UPDATE_NUMBERS]),
    }
  }

  /** The tensors, for whoever has to see that they lie on the device. */
  get tensors(): readonly tf.Tensor[] {
    const { input, seen, valid, mask } = this.batch
    const { beta, layerWeights, update } = this.constants
    const all = [input, seen, valid, mask, beta, layerWeights, update]
    return all.filter((tensor) => tensor !== undefined)
  }

  /** Writes the batch and the numbers of the next step. */
  set({ input, seen, written, mask }: HostBatch, settings: StepSettings, update: number): void {
    const { batch, constants, write } = this
    write(batch.input, input)
    if (batch.seen) write(batch.seen, seen ?? input)
    if (batch.valid) write(batch.valid, validOf(written, this.tokens))
    write(batch.mask, mask)
    const numbers = stepNumbers(settings, update, this.depth)
    for (const name of ['beta', 'layerWeights', 'update'] as const)
      write(constants[name], Float32Array.from(numbers[name]))
  }

  dispose(): void {
    tf.dispose([...this.tensors])
  }
}
