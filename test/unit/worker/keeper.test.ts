import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { KeptRun } from '../../../src/checkpoint/keptRun.ts'
import { QUOTA_EXCEEDED } from '../../../src/checkpoint/tensorFiles.ts'
import type { MetricRow } from '../../../src/engine/reports.ts'
import type { RunState } from '../../../src/engine/run.ts'
import { Keeper } from '../../../src/worker/keeper.ts'
import type { KeepingReport } from '../../../src/worker/protocol.ts'
import { metricRow } from '../../support/fakeClient.ts'
import { tinyConfig } from '../../support/tinyRun.ts'

const IDENTITY = { id: 'one', modality: 'image', preset: 'tiny', begunAt: 7 } as const
/** The state of a run that has made so many steps. */
const stateAt = (updates: number) => ({ learner: { updates } }) as RunState

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** What the person has written meanwhile. */
const NOTE = 'the first that learns'

/** A keeper whose store does what a test says, and what was kept by it. */
function create(store: () => Promise<void> = () => Promise.resolve()) {
  const kept: { run: KeptRun; steps: number[]; told: number[] }[] = []
  const reports: KeepingReport[] = []
  let step = 0
  const keeper = new Keeper({
    run: { config: tinyConfig({ steps: 20 }), readState: () => Promise.resolve(stateAt(step)) },
    identity: IDENTITY,
    store: {
      keep: async (run, _, { rows, probes }) => {
        await store()
        kept.push({ run, steps: rows.map(({ step }) => step), told: probes.rows.map(({ step }) => step) })
        return { ...run, note: NOTE }
      },
      keepProbes: async (run, probes) => {
        await store()
        kept.push({ run, steps: [], told: probes.rows.map(({ step }) => step) })
        return { ...run, note: NOTE }
      },
    },
    report: (report) => reports.push(report),
  })
  const trainTo = (from: number, to: number) => {
    step = to
    keeper.note(rows(from, to))
  }
  const keep = async () => {
    await keeper.keep()
    await keeper.close()
  }
  return { keeper, kept, reports, trainTo, keep }
}

function rows(from: number, to: number): MetricRow[] {
  return Array.from({ length: to - from + 1 }, (_, i) => metricRow(from + i))
}

describe('a run is kept', () => {
  test('after some seconds of training, or when the page may close', () => {
    const { keeper } = create()
    keeper.trainedFor(4999)
    expect(keeper.isDue).toBe(false)
    keeper.trainedFor(1)
    expect(keeper.isDue).toBe(true)
    const another = create().keeper
    another.ask()
    expect(another.isDue).toBe(true)
  })

  test('with its settings and the steps since the last time', async () => {
    const { kept, reports, trainTo, keep } = create()
    trainTo(1, 3)
    await keep()
    trainTo(4, 5)
    await keep()
    expect(kept.map(({ steps }) => steps)).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
    expect(kept[1].run).toMatchObject({ ...IDENTITY, step: 5, loss: 1 / 5, config: { steps: 20 } })
    expect(reports.map(({ type }) => type)).toEqual(['kept', 'kept'])
  })

  test('not again while nothing has changed', async () => {
    const { kept, trainTo, keep } = create()
    await keep()
    trainTo(1, 1)
    await keep()
    await keep()
    expect(kept).toHaveLength(1)
  })

  test.each([
    ['less often where it takes long', 0, 50_000],
    ['as often where it takes long only because steps are made meanwhile', 990, 4010],
  ])('%s', async (_, meanwhile, due) => {
    const { keeper, trainTo, keep } = create(() => {
      vi.advanceTimersByTime(1000)
      keeper.trainedFor(meanwhile)
      return Promise.resolve()
    })
    trainTo(1, 1)
    await keep()
    keeper.trainedFor(due - 1)
    expect(keeper.isDue).toBe(false)
    keeper.trainedFor(1)
    expect(keeper.isDue).toBe(true)
  })

  test('before the next step where the page may close', async () => {
    const { keeper, kept, trainTo } = create()
    trainTo(1, 1)
    keeper.ask()
    await keeper.keep()
    expect(kept).toHaveLength(1)
  })

  test('later, with nothing left out, once there is room again; the failure is said once', async () => {
    let full = true
    const { kept, reports, trainTo, keep } = create(() =>
      full ? Promise.reject(new DOMException('no room', QUOTA_EXCEEDED)) : Promise.resolve(),
    )
    trainTo(1, 2)
    await keep()
    trainTo(3, 3)
    await keep()
    full = false
    trainTo(4, 4)
    await keep()
    expect(kept.map(({ steps }) => steps)).toEqual([[1, 2, 3, 4]])
    expect(reports.map(({ type }) => type)).toEqual(['keepingFailed', 'kept'])
    expect(reports[0]).toHaveProperty('message', expect.stringContaining('no more room'))
  })
})

describe('what was told of a run', () => {
  const row = (step: number, linear = 0.7) => ({ step, knn: 0.6, linear })

  test('is kept with its steps, or alone where no step waits', async () => {
    const { keeper, kept, reports, trainTo, keep } = create()
    keeper.noteWay('one')
    keeper.noteProbe(row(0))
    await keeper.close()
    expect(kept).toEqual([]) // before its first step a run is not kept
    trainTo(1, 3)
    await keep()
    keeper.noteProbe(row(3, 0.8))
    await keeper.close()
    expect(kept.map(({ steps, told }) => [steps, told])).toEqual([
      [[1, 2, 3], [0]],
      [[], [0, 3]],
    ])
    expect(kept.map(({ run }) => run.accuracy)).toEqual([0.7, 0.8])
    expect(reports).toMatchObject([{ type: 'kept' }, { type: 'told', kept: { accuracy: 0.8 } }])
  })

  test('is forgotten once it is told in another way', async () => {
    const { keeper, kept, trainTo, keep } = create()
    keeper.noteWay('one')
    trainTo(1, 3)
    keeper.noteProbe(row(1))
    keeper.noteWay('one')
    keeper.noteProbe(row(2))
    keeper.noteWay('other')
    keeper.noteProbe(row(3))
    await keep()
    expect(kept.map(({ told }) => told)).toEqual([[3]])
  })

  test('is written after the steps that are being written, never beside them', async () => {
    let writing = 0
    const { keeper, kept, trainTo } = create(async () => {
      expect(writing).toBe(0)
      writing += 1
      await Promise.resolve()
      writing -= 1
    })
    trainTo(1, 1)
    await keeper.keep()
    keeper.noteProbe(row(1))
    trainTo(2, 2)
    await keeper.keep()
    await keeper.close()
    expect(kept.map(({ steps }) => steps)).toEqual([[1], [], [2]])
  })
})
