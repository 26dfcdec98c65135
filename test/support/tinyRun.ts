import { resolveConfig } from '../../src/config/presets.ts'
import type { Overrides } from '../../src/config/preset.ts'
import type { Config } from '../../src/config/schema.ts'
import { Run } from '../../src/engine/run.ts'
import { imageModality } from '../../src/modalities/image/modality.ts'
import { createDataset, type Pictures } from '../../src/modalities/image/samples.ts'
import { Random } from '../../src/ops/random.ts'

/** 16 tokens and a CLS token, width 16, two blocks, batches of four: the least that still is the whole method. */
export function tinyConfig(overrides: Overrides = {}): Config {
  const size = {
    imageSize: 16,
    patchSize: 4,
    channels: 'colour',
    width: 16,
    heads: 2,
    depth: 2,
    batchSize: 4,
    clsToken: true,
  } as const
  return resolveConfig('image', 'tiny', { samples: 'own', ...size, ...overrides })
}

/** Random pictures, the same for the same arguments. */
export function noisePictures(count: number, side = 16): Pictures {
  const random = Random.stream(7, 'noise')
  const noise = () => Uint8Array.from({ length: side * side * 3 }, () => random.integer(0, 255))
  return {
    side,
    images: Array.from({ length: count }, noise),
    labels: Array.from({ length: count }, (_, i) => `noise ${i}`),
  }
}

export function tinyRun(overrides: Overrides = {}): Run {
  return new Run('image', imageModality, tinyConfig(overrides), (settings) =>
    createDataset(noisePictures(20), settings),
  )
}

/** The same, ready for its first step. */
export async function preparedRun(overrides: Overrides = {}): Promise<Run> {
  const run = tinyRun(overrides)
  await run.prepare(() => undefined)
  return run
}

/** Losses of the next `steps` steps. */
export async function trainLosses(run: Run, steps: number): Promise<number[]> {
  const losses: number[] = []
  for (let i = 0; i < steps; i++) {
    run.advance(i % 2 === 1)
    const [row] = await run.metrics.read(0)
    losses.push(row.loss)
  }
  return losses
}
