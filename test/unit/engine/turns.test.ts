import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { Trainer } from '../../../src/engine/trainer.ts'
import { Turns } from '../../../src/engine/turns.ts'
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
    expect(await turns.on('cpu')(seen)).toBe('cpu')
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
        new Trainer(run, note, { view: null, turn: turns.take }).train()
      }),
  )
  await Promise.all(finished)
  expect(runs.map(({ step }) => step)).toEqual([12, 12, 12])
  expect(Math.max(...leads)).toBe(1)
})

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
