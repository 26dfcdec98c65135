import { fill } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Overrides } from '../../../src/config/preset.ts'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { Companion } from '../../../src/engine/companion.ts'
import { Examiner } from '../../../src/engine/examiner.ts'
import type { MetricRow, Report } from '../../../src/engine/reports.ts'
import { Trainer } from '../../../src/engine/trainer.ts'
import { sole } from '../../../src/engine/turns.ts'
import { Analyst } from '../../../src/probes/analyst.ts'
import { tinyRun } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

const LEAST: Overrides = { depth: 1, targetLayers: 1, batchSize: 2, steps: 40 }

/** A run and its companion, which differs in some settings; both are kept in memory. */
function createPair(differing: Overrides = {}) {
  const keptLast: string[] = []
  const examined = (name: string, overrides: Overrides) => {
    const run = tinyRun({ ...LEAST, ...overrides })
    const reports: Report[] = []
    const kept: number[] = []
    const report = (one: Report) => {
      reports.push(one)
    }
    const keeping = {
      isDue: false,
      trainedFor: () => undefined,
      keep: () => {
        kept.push(run.step)
        keptLast.push(name)
        return Promise.resolve()
      },
      close: () => Promise.resolve(),
    }
    const examiner = new Examiner({ run, analyst: new Analyst(), report, device: sole() })
    const rows = (): readonly MetricRow[] =>
      reports.flatMap((one) => (one.type === 'metrics' ? one.rows : []))
    return { run, report, reports, rows, kept, keeping, examiner }
  }
  const [leader, follower] = [examined('leader', {}), examined('follower', differing)]
  const companion = new Companion({ ...follower, device: sole() })
  const { keeping, examiner } = leader
  const finished = new Promise<void>((resolve) => {
    const { report } = leader
    Object.assign(leader, {
      report: (one: Report) => {
        report(one)
        if (one.type === 'state' && one.phase === 'finished') resolve()
      },
    })
  })
  const trainer = new Trainer(leader.run, leader.report, { keeping, examiner, companion, view: null })
  const steps = (of: typeof leader) => of.rows().map(({ step, loss }) => [step, loss])
  return { leader, follower, trainer, finished, steps, keptLast }
}

describe('a run beside another', () => {
  test('with the same settings makes the same steps, bit for bit, and both are kept', async () => {
    const { leader, follower, trainer, finished, steps, keptLast } = createPair()
    await trainer.open()
    await trainer.step()
    expect(follower.run.step).toBe(1)
    await trainer.train()
    await finished
    await trainer.pause()
    expect(steps(leader)).toHaveLength(40)
    expect(steps(follower)).toEqual(steps(leader))
    expect([leader.kept, follower.kept]).toEqual([
      [1, 40],
      [1, 40],
    ])
    expect(keptLast.at(-1)).toBe('leader') // which is what a person goes on with
    await trainer.dispose()
  })

  test('with another learning rate begins with the same loss, of the same batch, and then differs', async () => {
    const { leader, follower, trainer, steps } = createPair({ lr: 0.0001 })
    for (let i = 0; i < 3; i++) await trainer.step()
    expect(steps(follower)[0]).toEqual(steps(leader)[0])
    expect(steps(follower)[2]).not.toEqual(steps(leader)[2])
    await trainer.dispose()
  })

  test('takes no part of the time that a step of its leader is said to take', async () => {
    const { leader, follower, trainer } = createPair({ batchSize: 16 })
    for (let i = 0; i < 3; i++) await trainer.step()
    const [own, other] = [leader, follower].map((of) => Math.min(...of.rows().map(({ step_ms }) => step_ms)))
    expect(other).toBeGreaterThan(own)
    await trainer.dispose()
  })

  test('stays after the last of its own steps, while its leader goes on', async () => {
    const { leader, follower, trainer, finished } = createPair({ steps: 12 })
    await trainer.train()
    await finished
    await trainer.pause()
    expect([leader.run.step, follower.run.step]).toEqual([40, 12])
    expect(follower.rows()).toHaveLength(12)
    await trainer.dispose()
  })

  test('stays at a step that is no number, which is said once, while its leader goes on', async () => {
    const { leader, follower, trainer } = createPair()
    await trainer.step()
    const [weight] = Object.values(follower.run.learner.student)
    weight.assign(fill(weight.shape, NaN))
    for (let i = 0; i < 3; i++) await trainer.step()
    expect(follower.reports.filter(({ type }) => type === 'halted')).toMatchObject([{ step: 2, loss: NaN }])
    expect([leader.rows().length, follower.rows().length]).toEqual([4, 1])
    await trainer.dispose()
  })

  test('is parted from its leader, which goes on alone', async () => {
    const { leader, follower, trainer, finished } = createPair()
    await trainer.train()
    await trainer.part()
    expect(leader.reports.at(-1)).toMatchObject({ type: 'state', phase: 'training' })
    await finished
    await trainer.pause()
    expect(follower.run.step).toBeLessThan(leader.run.step)
    expect(leader.run.step).toBe(40)
    await trainer.dispose()
  })

  test('is told apart by the same classes as its leader, when these change', () => {
    const { leader, follower, trainer } = createPair()
    const told = [leader, follower].map(({ examiner }) => vi.spyOn(examiner, 'reclassify'))
    trainer.reclassify()
    for (const each of told) expect(each).toHaveBeenCalledOnce()
  })

  test('is taken with its leader in what a step takes', async () => {
    const { leader, follower, trainer } = createPair()
    vi.spyOn(leader.run, 'estimate').mockResolvedValue({ stepMs: 10, gpuBytes: 1000 })
    vi.spyOn(follower.run, 'estimate').mockResolvedValue({ stepMs: 5, gpuBytes: 200 })
    await trainer.open()
    expect(leader.reports).toContainEqual({ type: 'estimate', stepMs: 15, gpuBytes: 1200 })
    await trainer.dispose()
  })
})
