import { mul } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Overrides } from '../../../src/config/preset.ts'
import { lrAt, tauAt } from '../../../src/config/schedule.ts'
import { chooseBackend } from '../../../src/engine/backend.ts'
import type { Examiner } from '../../../src/engine/examiner.ts'
import { lacksMemory } from '../../../src/engine/failures.ts'
import type { Report } from '../../../src/engine/reports.ts'
import type { Run } from '../../../src/engine/run.ts'
import { Trainer, type TrainerOptions } from '../../../src/engine/trainer.ts'
import type { TakeTurn } from '../../../src/engine/turns.ts'
import { nextTurn } from '../../../src/engine/turn.ts'
import { tinyRun } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

/** A trainer that notes its reports; `until` resolves with the first from now on that is accepted. */
function createTrainer(overrides: Overrides = {}, options: TrainerOptions = {}) {
  const reports: Report[] = []
  const watchers: ((report: Report) => void)[] = []
  const run = tinyRun({ depth: 1, targetLayers: 1, batchSize: 2, ...overrides })
  const tell = (report: Report) => {
    reports.push(report)
    for (const watch of watchers) watch(report)
  }
  const trainer = new Trainer(run, tell, options)
  const until = (accept: (report: Report) => boolean) =>
    new Promise<Report>((resolve) => watchers.push((report) => accept(report) && resolve(report)))
  const rows = () => reports.flatMap((report) => (report.type === 'metrics' ? report.rows : []))
  const phases = () => reports.flatMap((report) => (report.type === 'state' ? [report.phase] : []))
  const snapshots = () => reports.filter((report) => report.type === 'snapshot')
  return { run, trainer, reports, rows, phases, snapshots, until }
}

/** Lets all that a run sees be no numbers, until the returned function is called. */
function poison({ learner: { frontEnd } }: Run): () => void {
  const { embed } = frontEnd
  const spy = vi.spyOn(frontEnd, 'embed').mockImplementation((...seen) => mul(embed(...seen), NaN))
  return () => spy.mockRestore()
}

const isPhase = (phase: string) => (report: Report) => report.type === 'state' && report.phase === phase

describe('a run', () => {
  test('opens paused, with a picture of the first sample', async () => {
    const { trainer, reports } = createTrainer()
    await trainer.open()
    expect(reports).toMatchObject([
      { type: 'snapshot', step: 0, grid: [4, 4] },
      { type: 'state', phase: 'paused', step: 0, samples: 20 },
      { type: 'estimate', gpuBytes: null },
    ])
  })

  test.each([
    [2, { batchSize: 1 }],
    [1, undefined],
  ])(
    'with batches of %d that is more than its device can do says which might not be',
    async (size, instead) => {
      const { run, trainer, reports, phases } = createTrainer({ batchSize: size })
      vi.spyOn(run, 'prepare').mockRejectedValue(lacksMemory(3 * 2 ** 30))
      await trainer.open()
      expect(phases()).toEqual(['failed'])
      const [failure] = reports.filter(({ type }) => type === 'failure')
      expect(failure).toMatchObject({
        message: expect.stringContaining('needs 3,072 MiB of memory') as string,
      })
      expect(failure).toHaveProperty('instead', instead)
    },
  )

  test('that fails of something else suggests no settings', async () => {
    const { run, trainer, reports } = createTrainer()
    vi.spyOn(run, 'prepare').mockRejectedValue(new Error('No kernel'))
    await trainer.open()
    expect(reports.at(-1)).toEqual({
      type: 'failure',
      message: 'Training stopped: No kernel. Press Reset to start anew.',
    })
  })

  test('measures with a picture how the targets of several samples differ', async () => {
    const { run, trainer, reports } = createTrainer()
    await trainer.open()
    const [picture] = reports
    if (picture.type !== 'snapshot') throw new Error('No picture was taken.')
    // Noise differs from sample to sample; instance and layer norm leave targets a spread of about 1.
    expect(picture.health.position_std).toBeGreaterThan(0.1)
    expect(picture.health.position_std).toBeLessThan(1.5)
    expect(picture.health.effective_rank).toBeGreaterThan(1)
    expect(picture.health.effective_rank).toBeLessThanOrEqual(run.config.width)
  })

  test('says nothing more when nobody waits for it any more', async () => {
    const { run, trainer, reports } = createTrainer()
    const superseded = new AbortController()
    vi.spyOn(run, 'prepare').mockImplementation(async (_, signal) => {
      await nextTurn()
      superseded.abort()
      signal?.throwIfAborted()
    })
    await trainer.open(superseded.signal)
    expect(reports).toEqual([])
  })

  test('makes one step and reports it with diagnostics', async () => {
    const { trainer, rows, phases } = createTrainer()
    await trainer.step()
    expect(rows()).toHaveLength(1)
    expect(rows()[0].step).toBe(1)
    expect(rows()[0].target_std).toBeGreaterThan(0)
    expect(phases()).toEqual(['paused'])
  })

  test('reports every step once, in order, with its τ and learning rate, and stops at the last', async () => {
    const { run, trainer, rows, phases, until } = createTrainer({ steps: 60 })
    const finished = until(isPhase('finished'))
    await trainer.train()
    await finished
    const numbers = Array.from({ length: 60 }, (_, i) => i + 1)
    expect(rows().map(({ step }) => step)).toEqual(numbers)
    expect(rows().map(({ tau }) => tau)).toEqual(numbers.map((step) => tauAt(run.config, step)))
    expect(rows().map(({ lr }) => lr)).toEqual(numbers.map((step) => lrAt(run.config, step - 1)))
    expect(phases()).toEqual(['training', 'finished'])
  })

  test('pauses after the step that is being made', async () => {
    const { run, trainer, until, phases } = createTrainer()
    const started = until(({ type }) => type === 'metrics')
    await trainer.train()
    await started
    const { step } = run
    await trainer.pause()
    expect(run.step - step).toBeLessThanOrEqual(1)
    expect(phases().at(-1)).toBe('paused')
  })

  test('does not run ahead of a slow device, so that Pause waits for one step at most', async () => {
    const { run } = createTrainer()
    const finish: (() => void)[] = []
    vi.spyOn(run, 'idle').mockImplementation(() => new Promise((resolve) => finish.push(resolve)))
    const trainer = new Trainer(run, () => undefined)
    await trainer.train()
    const paused = trainer.pause()
    await nextTurn()
    expect(finish).toHaveLength(1) // the step that the device is still busy with
    finish[0]()
    await paused
    expect(run.step).toBe(1)
  })

  test('is finished at once when its steps are lowered below those made', async () => {
    const { run, trainer, phases } = createTrainer()
    await trainer.step()
    await trainer.step()
    trainer.apply({ ...run.config, steps: 1 })
    expect(phases().at(-1)).toBe('finished')
  })

  test('goes on after a pause and after its steps were raised', async () => {
    const { run, trainer, until, phases } = createTrainer({ steps: 10 })
    const finished = until(isPhase('finished'))
    await trainer.train()
    await trainer.pause()
    await trainer.train()
    await finished
    trainer.apply({ ...run.config, steps: 12 })
    expect(phases().at(-1)).toBe('paused')
    const finishedAgain = until(isPhase('finished'))
    await trainer.train()
    await finishedAgain
    expect(run.step).toBe(12)
  })

  test('rests before a step whose loss is not a number, which changes nothing, and then goes on', async () => {
    const { run, trainer, phases, rows, until } = createTrainer()
    await trainer.step()
    const { learner } = await run.readState()
    const heal = poison(run)
    const halted = until(({ type }) => type === 'halted')
    await trainer.train()
    expect(await halted).toMatchObject({ step: 2, loss: NaN })
    expect(phases().at(-1)).toBe('paused')
    const { updates, ...weights } = (await run.readState()).learner
    expect(updates).toBeGreaterThan(1)
    expect({ ...weights, updates: 1 }).toEqual(learner)
    heal()
    await trainer.step()
    expect(rows().map(({ step }) => step)).toEqual([1, run.step])
  })

  test('says again that a step was no number, each time that it is tried', async () => {
    const { run, trainer, reports } = createTrainer()
    const heal = poison(run)
    await trainer.step()
    await trainer.step()
    expect(reports.filter(({ type }) => type === 'halted')).toMatchObject([{ step: 1 }, { step: 2 }])
    heal()
  })
})

describe('what it has learnt', () => {
  test('is measured once after the last step, though more is asked meanwhile', async () => {
    let due = true
    let measured = 0
    const examiner = {
      isDue: false,
      get isAsked() {
        return due
      },
      trainedFor: () => undefined,
      close: () => undefined,
      examine: async () => {
        measured += 1
        await nextTurn()
        due = false
        return true
      },
    } as unknown as Examiner
    const { trainer, until } = createTrainer({ steps: 10 }, { examiner, view: null })
    await trainer.open()
    const finished = until(isPhase('finished')).then(() => trainer.refresh())
    await trainer.train()
    await finished
    await trainer.dispose()
    expect(measured).toBe(1)
  })
})

describe('the time of a step', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  /** Lets a run's device take so many milliseconds for each step, one after another. Nothing else takes any. */
  function slowDown(run: Run, ms: number) {
    let last = Promise.resolve()
    vi.spyOn(run, 'idle').mockImplementation(
      () => (last = last.then(nextTurn).then(() => void vi.advanceTimersByTime(ms))),
    )
  }

  test.each([300, 30, 4])('is what the device takes for each, first and last: %i ms', async (ms) => {
    const { run, trainer, rows, until } = createTrainer({ steps: 40 })
    slowDown(run, ms)
    await trainer.step()
    const finished = until(isPhase('finished'))
    await trainer.train()
    await finished
    expect(rows().map(({ step_ms }) => step_ms)).toEqual(Array.from({ length: 40 }, () => ms))
  })

  test('leaves out what other runs take in between', async () => {
    const take: TakeTurn = (work) => {
      vi.advanceTimersByTime(1000)
      return work()
    }
    const device = { take, refusal: () => undefined }
    const { run, trainer, rows, until } = createTrainer({ steps: 5 }, { device })
    slowDown(run, 60)
    const finished = until(isPhase('finished'))
    await trainer.train()
    await finished
    expect(rows().map(({ step_ms }) => step_ms)).toEqual([60, 60, 60, 60, 60])
  })
})

describe('settings', () => {
  test('hot ones hold from the next step on, cold ones do not', async () => {
    const { run, trainer, rows } = createTrainer({ tau: 0.9, tauEnd: 0.9 })
    await trainer.step()
    trainer.apply({ ...run.config, tau: 0.5, tauEnd: 0.5, width: 512, batchSize: 9 })
    await trainer.refresh()
    await trainer.step()
    expect(rows().map(({ tau }) => tau)).toEqual([0.9, 0.5])
    expect(run.config.width).toBe(16)
  })

  test('that are turned stand beside the first step that they hold for; before the first of all none are', async () => {
    const { run, trainer, rows } = createTrainer({ tau: 0.9, beta: 0 })
    trainer.apply({ ...run.config, tau: 0.8 })
    await trainer.step()
    trainer.apply({ ...run.config, beta: 1 })
    trainer.apply({ ...run.config, beta: 2 })
    await trainer.step()
    await trainer.step()
    expect(rows().map(({ turned }) => turned)).toEqual([
      undefined,
      [{ name: 'beta', from: 0, to: 2 }],
      undefined,
    ])
  })

  test('that were turned before a step that was no number are told with the next that is', async () => {
    const { run, trainer, rows } = createTrainer({ beta: 0 })
    await trainer.step()
    trainer.apply({ ...run.config, beta: 1 })
    const heal = poison(run)
    await trainer.step()
    heal()
    await trainer.step()
    expect(rows().map(({ turned }) => turned)).toEqual([undefined, [{ name: 'beta', from: 0, to: 1 }]])
  })

  test('that contradict each other are not taken over', async () => {
    const { run, trainer } = createTrainer()
    trainer.apply({ ...run.config, targetLayers: 5 })
    await trainer.refresh()
    expect(run.config.targetLayers).toBe(1)
  })

  test('that change the picture show it at once, others do not', async () => {
    const { run, trainer, snapshots } = createTrainer()
    await trainer.step()
    trainer.apply({ ...run.config, weightDecay: 0.2 })
    await trainer.refresh()
    expect(snapshots()).toHaveLength(1)
    trainer.apply({ ...run.config, maskRatio: 0.1 })
    await trainer.refresh()
    const masked = snapshots().map(({ mask }) => mask.reduce((sum, value) => sum + value, 0))
    expect(masked).toHaveLength(2)
    expect(masked[1]).toBeLessThan(masked[0])
  })
})

describe('the picture', () => {
  test('of a held sample keeps its mask until another is asked for', async () => {
    const { trainer, snapshots } = createTrainer()
    trainer.look({ sample: 5, mask: 1 })
    await trainer.refresh()
    await trainer.step()
    trainer.look({ sample: 5, mask: 2 })
    await trainer.refresh()
    const [first, second, third] = snapshots()
    expect([first.sample, second.sample, third.sample]).toEqual([5, 5, 5])
    expect(second.mask).toEqual(first.mask)
    expect(third.mask).not.toEqual(first.mask)
    expect(second.label).toBe('noise 5')
  })

  test('of the batch shows its first sample', async () => {
    const { trainer, snapshots } = createTrainer()
    await trainer.open()
    await trainer.step()
    const [before, after] = snapshots()
    expect(after.sample).toBe(before.sample)
    expect(after.loss).toBeGreaterThan(0)
  })
})
