import type { Overrides } from '../../src/config/preset.ts'
import { growthPower } from '../../src/engine/benchmark/statistics.ts'
import { SIZES, type Growth } from './report.ts'

/** Where growth starts from: 64 tokens of width 64 in batches of eight, four blocks. */
const START = {
  channels: 'colour',
  imageSize: 32,
  patchSize: 4,
  width: 64,
  heads: 4,
  depth: 4,
  targetLayers: 2,
  batchSize: 8,
} as const satisfies Overrides

interface Point {
  readonly size: number
  readonly overrides: Overrides
}

/** For each size the values that are measured, all else being as at the start. */
const POINTS: Readonly<Record<keyof Growth, readonly Point[]>> = {
  batch: [4, 8, 16, 32].map((batchSize) => ({ size: batchSize, overrides: { batchSize } })),
  tokens: [4, 6, 8, 12].map((side) => ({ size: side * side, overrides: { imageSize: 4 * side } })),
  width: [32, 64, 128, 256].map((width) => ({ size: width, overrides: { width } })),
  depth: [2, 4, 8, 12].map((depth) => ({ size: depth, overrides: { depth } })),
}

/** @param stepMs measures the step of an image network with these settings */
export async function measureGrowth(stepMs: (overrides: Overrides) => Promise<number>): Promise<Growth> {
  const powers: [string, number][] = []
  for (const name of SIZES) {
    const points: [number, number][] = []
    for (const { size, overrides } of POINTS[name])
      points.push([size, await stepMs({ ...START, ...overrides })])
    powers.push([name, growthPower(points)])
  }
  return Object.fromEntries(powers) as Growth
}
