import type { Config } from '../../config/schema.ts'
import type { Layout, Modality } from '../../modalities/modality.ts'
import { Random } from '../../ops/random.ts'
import { emptyBatch, type HostBatch } from '../batches.ts'

/** A batch of noise under masks: what a step costs does not depend on what it sees. */
export function noiseBatch(modality: Modality<never>, layout: Layout, config: Config): HostBatch {
  const random = Random.stream(config.seed, 'noise')
  const batch = emptyBatch(layout, config.batchSize)
  for (let i = 0; i < batch.input.length; i++) batch.input[i] = random.normal()
  const lengths = batch.written.map(({ length }) => length)
  const { mask, seen } = modality.drawMasks(config, { lengths, input: batch.input }, random)
  batch.mask.set(mask)
  batch.seen = seen
  for (let i = 0; i < batch.noise.length; i++) batch.noise[i] = config.maskNoise * random.normal()
  return batch
}
