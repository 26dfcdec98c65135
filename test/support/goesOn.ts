import { expect } from 'vitest'
import type { ModalityName } from '../../src/config/modalities.ts'
import type { Overrides } from '../../src/config/preset.ts'
import type { MetricRow } from '../../src/engine/reports.ts'
import type { Run } from '../../src/engine/run.ts'
import { noiseRun } from './noiseSteps.ts'

/** The least that still is the whole method; 20 samples, so that the order is drawn anew within nine steps. */
const LEAST: Overrides = {
  width: 16,
  heads: 2,
  depth: 2,
  targetLayers: 2,
  batchSize: 3,
  clipSeconds: 0.4,
  contextTokens: 12,
}

/** Holds nine unbroken steps to four steps and, of what was read then, five of another run: each must be the same, bit for bit. */
export async function expectToGoOn(name: ModalityName, overrides: Overrides = {}): Promise<void> {
  const config = { ...LEAST, ...overrides }
  const whole = await noiseRun(name, config)
  const unbroken = await train(whole, 9)
  const last = await whole.readState()
  whole.dispose()

  const first = await noiseRun(name, config)
  const before = await train(first, 4)
  const state = await first.readState()
  first.dispose()
  const second = await noiseRun(name, config, state)
  const after = await train(second, 5)
  expect([...before, ...after]).toEqual(unbroken)
  expect(await second.readState()).toEqual(last)
  second.dispose()
}

/** The metrics of some steps, without the time that they took. */
async function train(run: Run, steps: number): Promise<MetricRow[]> {
  const rows: MetricRow[] = []
  for (let i = 0; i < steps; i++) {
    run.advance(true)
    rows.push(...(await run.metrics.read(0)))
  }
  return rows
}
