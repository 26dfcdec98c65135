import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { chooseBackend, deviceRefusals } from '../../../src/engine/backend.ts'
import { Trainer } from '../../../src/engine/trainer.ts'
import type { Report } from '../../../src/engine/reports.ts'
import { nextTurn } from '../../../src/engine/turn.ts'
import { sole, Turns } from '../../../src/engine/turns.ts'
import { tinyRun } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

describe('turns', () => {
  test('come one after another, in the order in which they were asked for', async () => {
    const { take } = new Turns()
    const log: string[] = []
    const open: (() => void)[] = []
    const first = take(async () => {
      log.push('first begins')
      await new Promise<void>((resolve) => open.push(resolve))
      log.push('first ends')
    })
    const second = take(() => Promise.resolve(log.push('second')))
    await Promise.resolve()
    expect(log).toEqual(['first begins'])
    open[0]()
    await Promise.all([first, second])
    expect(log).toEqual(['first begins', 'first ends', 'second'])
  })

  test('go on after one that failed, and tell who asked', async () => {
    const { take } = new Turns()
    await expect(take(() => Promise.reject(new Error('no room')))).rejects.toThrow('no room')
    await expect(take(() => Promise.resolve(7))).resolves.toBe(7)
  })

  test('bring back the backend that they were asked for on', async () => {
    const turns = new Turns()
    await chooseBackend('cpu', () => undefined)
    const seen = () => Promise.resolve(tf.getBackend())
    expect(await turns.lease('cpu').take(seen)).toBe('cpu')
  })
})

test('three runs that train at once make equally many steps, whatever one of them costs', async () => {
  const turns = new Turns()
  const runs = [1, 1, 4].map((depth) => tinyRun({ depth, targetLayers: 1, batchSize: 2, steps: 12 }))
  const leads: number[] = []
  const finished = runs.map(
    (run) =>
      new Promise<void>((resolve) => {
        const note = () => {
          const steps = runs.map(({ step }) => step)
          leads.push(Math.max(...steps) - Math.min(...steps))
          if (run.isFinished) resolve()
        }
        void new Trainer(run, note, { view: null, device: turns.lease('cpu') }).train()
      }),
  )
  await Promise.all(finished)
  expect(runs.map(({ step }) => step)).toEqual([12, 12, 12])
  expect(Math.max(...leads)).toBe(1)
})

/** As a GPU tells that it did not do what it was asked to: at some time, and of nobody's work. */
function refuse(reason: string): void {
  const told = deviceRefusals() as string[]
  told.push(reason)
}

describe('what the device refuses', () => {
  test('is charged to the run in whose turn it was, and to no other', async () => {
    const turns = new Turns()
    const [small, large] = [turns.lease('cpu'), turns.lease('cpu')]
    await small.take(() => Promise.resolve())
    await large.take(async () => {
      await Promise.resolve()
      refuse('no room')
    })
    await small.take(() => Promise.resolve())
    expect([small.refusal(), large.refusal()]).toEqual([undefined, 'no room'])
  })

  test('is found even when it is told after the turn', async () => {
    const turns = new Turns()
    const [small, large] = [turns.lease('cpu'), turns.lease('cpu')]
    await large.take(() => Promise.resolve())
    refuse('too large')
    await small.take(() => Promise.resolve())
    expect([small.refusal(), large.refusal()]).toEqual([undefined, 'too large'])
  })

  test('before a run began is none of its business', () => {
    refuse('earlier')
    expect(sole().refusal()).toBeUndefined()
  })
})

test('the time of a step leaves out what other runs take in between', async () => {
  const turns = new Turns()
  const times: number[] = []
  const lone = tinyRun({ depth: 1, targetLayers: 1, batchSize: 2, steps: 4 })
  const finished = new Promise<void>((resolve) => {
    const note = (report: Report) => {
      if (report.type === 'metrics') times.push(...report.rows.map(({ step_ms }) => step_ms))
      if (report.type === 'state' && report.phase === 'finished') resolve()
    }
    void new Trainer(lone, note, { view: null, device: turns.lease('cpu') }).train()
  })
  let over = false
  const busy = async () => {
    while (!over) await turns.take(() => waitFor(60))
  }
  void finished.then(() => (over = true))
  const begun = performance.now()
  await Promise.all([finished, busy()])
  const wall = performance.now() - begun
  expect(times.length).toBe(4)
  expect(times.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(wall - 2 * 60)
})

/** Keeps a turn for so many milliseconds. */
async function waitFor(ms: number): Promise<void> {
  const until = performance.now() + ms
  while (performance.now() < until) await nextTurn()
}

test('a run that nobody looks at takes no pictures until somebody does', async () => {
  const pictures: unknown[] = []
  const run = tinyRun({ depth: 1, targetLayers: 1, batchSize: 2 })
  const trainer = new Trainer(run, (report) => report.type === 'snapshot' && pictures.push(report), {
    view: null,
  })
  await trainer.open()
  await trainer.step()
  await trainer.refresh()
  expect(pictures).toEqual([])
  trainer.look({ sample: 3, mask: 0 })
  await trainer.refresh()
  expect(pictures).toMatchObject([{ step: 1, sample: 3 }])
})
