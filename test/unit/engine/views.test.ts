import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Run } from '../../../src/engine/run.ts'
import { NoisePool } from '../../../src/engine/noisePool.ts'
import type { Snapshot } from '../../../src/engine/reports.ts'
import { Random } from '../../../src/ops/random.ts'
import '../../support/cpuBackend.ts'
import { noiseRun } from '../../support/noiseSteps.ts'
import { preparedRun, trainLosses } from '../../support/tinyRun.ts'

const VIEWS = { method: '2', views: 3, decoderWidth: 16, decoderGroups: 4 } as const
const HEADS = 2
const countOf = (mask: Uint8Array) => mask.reduce((sum, hidden) => sum + hidden, 0)

describe('the picture of a run of several views', () => {
  let run: Run
  let snapshot: Snapshot

  beforeAll(async () => {
    run = await preparedRun(VIEWS)
    await trainLosses(run, 1)
    snapshot = await run.look({ sample: 'batch', mask: 0, attention: 1 })
  })

  afterAll(() => run.dispose())

  test('has the mask of each, equally full and not the same, that which is shown first', () => {
    const { mask, masks } = snapshot
    expect(masks).toHaveLength(3)
    expect(masks[0]).toEqual(mask)
    expect(masks.map(countOf)).toEqual([10, 10, 10]) // of 16, with a ratio of 0.6
    expect(new Set(masks.map(String)).size).toBeGreaterThan(1)
  })

  test('shows that the student looks at visible tokens from visible ones only, and the teacher everywhere', () => {
    const { mask, attention } = snapshot
    if (attention === undefined) throw new Error('It was asked for.')
    const tokens = mask.length
    expect(attention.student).toHaveLength(HEADS * tokens * tokens)
    attention.student.forEach((share, i) => {
      const [query, key] = [Math.floor(i / tokens) % tokens, i % tokens]
      const isSeen = mask[query] === 0 && mask[key] === 0
      expect(share > 0).toBe(isSeen)
    })
    expect(attention.teacher.every((share) => share > 0)).toBe(true)
  })

  test('stays the same as long as nothing changes: its noise does, too', async () => {
    const { tokenLoss } = await run.look({ sample: 'batch', mask: 0 })
    expect(tokenLoss).toEqual(snapshot.tokenLoss)
  })

  test('of one view has no others', async () => {
    const single = await preparedRun()
    const { mask, masks } = await single.look({ sample: 0, mask: 0 })
    expect(masks).toEqual([mask])
    single.dispose()
  })
})

test('of a held text of which half is padding, something real is hidden in every view', async () => {
  const settings = { ...VIEWS, width: 16, heads: HEADS, depth: 1, targetLayers: 1, batchSize: 2 } as const
  const run = await noiseRun('text', { ...settings, contextTokens: 16, maskRatio: 0.1, maskSpan: 1 })
  const looks = await Promise.all(Array.from({ length: 12 }, (_, mask) => run.look({ sample: 0, mask })))
  for (const { masks, loss } of looks) {
    expect(Math.min(...masks.map(countOf))).toBeGreaterThan(0)
    expect(loss).toBeGreaterThan(0)
  }
  run.dispose()
})

test('noise is normal, as loud as it is to be, and another each time', () => {
  const pool = new NoisePool(Random.stream(1, 'pool'))
  const random = Random.stream(1, 'places')
  const [one, other] = [new Float32Array(100_000), new Float32Array(100_000)]
  pool.fill(one, 0.01, random)
  pool.fill(other, 0.01, random)
  const mean = one.reduce((sum, x) => sum + x, 0) / one.length
  const std = Math.sqrt(one.reduce((sum, x) => sum + (x - mean) ** 2, 0) / one.length)
  // Four standard errors of 100,000 numbers.
  expect(Math.abs(mean)).toBeLessThan((4 * 0.01) / Math.sqrt(100_000))
  expect(Math.abs(std / 0.01 - 1)).toBeLessThan(4 / Math.sqrt(2 * 100_000))
  expect(other).not.toEqual(one)
})
