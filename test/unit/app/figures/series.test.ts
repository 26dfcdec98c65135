import { describe, expect, it } from 'vitest'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { inSteps, lastStep, meaningOf, tauSeries } from '../../../../src/app/figures/emaSeries.ts'
import { lossSeries, runsSeries } from '../../../../src/app/figures/lossSeries.ts'

const columns = (length: number, value: (i: number) => number) =>
  Float64Array.from({ length }, (_, i) => value(i))

/** A run with steps of half a second. */
const run = (length: number, loss: (i: number) => number) => ({
  step: columns(length, (i) => i + 1),
  seconds: columns(length, (i) => (i + 1) / 2),
  loss: columns(length, loss),
  length,
})

const none = run(0, Number)

describe('lossSeries', () => {
  const long = run(20000, (i) => (i === 7777 ? 9 : 0.3 + 0.1 * Math.sin(i)))

  it('draws at most 500 of any number of steps, the worst spike among them', () => {
    const points = lossSeries(long, 'step')
    expect(points.length).toBeLessThanOrEqual(500)
    expect(points).toContainEqual(expect.objectContaining({ at: 7778, loss: 9 }))
    expect(points.at(-1)?.at).toBe(20000)
  })

  it('is the same over time', () => {
    expect(lossSeries(long, 'seconds').map(({ at }) => 2 * at)).toEqual(
      lossSeries(long, 'step').map(({ at }) => at),
    )
  })

  it('is empty before the first step', () => {
    expect(lossSeries(none, 'step')).toEqual([])
  })
})

describe('runsSeries', () => {
  it('gives each run its own line over one axis', () => {
    const points = runsSeries({ image: run(3, () => 0.5), audio: none, text: run(2, () => 0.25) }, 'step')
    expect(points).toEqual([
      { at: 1, image: 0.5, text: 0.25 },
      { at: 2, image: 0.5, text: 0.25 },
      { at: 3, image: 0.5 },
    ])
  })

  it('puts runs of different speed where they were at a time', () => {
    const slow = { ...run(2, () => 1), seconds: columns(2, (i) => 10 * (i + 1)) }
    const points = runsSeries({ image: run(2, () => 0.5), audio: slow, text: none }, 'seconds')
    expect(points.map(({ at }) => at)).toEqual([0.5, 1, 10, 20])
  })

  it('knows each run’s loss at every place between its first and last step', () => {
    const rising = { ...run(4, (i) => i), seconds: Float64Array.of(1, 2, 3, 4) }
    const sparse = { ...run(2, () => 7), seconds: Float64Array.of(0, 3.5) }
    const points = runsSeries({ image: rising, audio: sparse, text: none }, 'seconds')
    expect(points.map(({ audio }) => audio !== undefined)).toEqual([true, true, true, true, true, false])
    const [, , third, between] = points.slice(1)
    expect(between).toMatchObject({ at: 3.5, image: third.image })
  })

  it('draws at most 500 points of three long runs, the end of each among them', () => {
    const runs = {
      image: run(20000, Math.sin),
      audio: run(7321, (i) => Math.cos(3 * i)),
      text: run(999, (i) => i % 7),
    }
    const points = runsSeries(runs, 'step')
    expect(points.length).toBeLessThanOrEqual(500)
    expect(points.findLast(({ audio }) => audio !== undefined)?.at).toBe(7321)
    expect(points.findLast(({ text }) => text !== undefined)?.at).toBe(999)
    expect(points.at(-1)).toMatchObject({ at: 20000 })
  })
})

describe('tauSeries', () => {
  const schedule = {
    ...resolveConfig('image', 'small'),
    tau: 0.99,
    tauEnd: 0.999,
    tauSteps: 333,
    steps: 1000,
  }

  it('goes from τ₀ to τₑ, with the corner where the rise ends, and holds to the end', () => {
    const points = tauSeries(schedule)
    expect(points[0]).toEqual({ step: 0, tau: 0.99 })
    expect(points).toContainEqual({ step: 333, tau: 0.999 })
    expect(points.at(-1)).toEqual({ step: 1000, tau: 0.999 })
  })

  it('reaches to the end of the rise where that is after the run', () => {
    expect(lastStep({ ...schedule, steps: 100 })).toBe(333)
    expect(tauSeries({ ...schedule, steps: 100 }).at(-1)).toEqual({ step: 333, tau: 0.999 })
  })

  it('is what it was at the steps that are made, though the schedule has been changed since', () => {
    const made = { step: columns(500, (i) => i + 1), tau: columns(500, () => 0.5), length: 500 }
    const points = tauSeries(schedule, made)
    expect(points.filter(({ step }) => step <= 500).every(({ tau }) => tau === 0.5)).toBe(true)
    expect(points.filter(({ step }) => step > 500)).toEqual(
      tauSeries(schedule).filter(({ step }) => step > 500),
    )
    expect(tauSeries(schedule, { ...made, length: 0 })).toEqual(tauSeries(schedule))
  })

  it('has no two points at a step in the shortest schedule', () => {
    const steps = tauSeries({ ...schedule, steps: 10, tauSteps: 1 }).map(({ step }) => step)
    expect(steps).toEqual([...new Set(steps)])
  })
})

describe('what τ means', () => {
  it.each([
    [0.9981, 'At τ = 0.9981 half of the teacher is replaced in 364 steps.'],
    [0.9, 'At τ = 0.90 half of the teacher is replaced in 7 steps.'],
    [0.99999, 'At τ = 0.999990 half of the teacher is replaced in 69,314 steps.'],
    [0.1, 'At τ = 0.100 half of the teacher is replaced in less than a step.'],
    [0, 'At τ = 0 the teacher is a copy of the student at every step.'],
    [1, 'At τ = 1 the teacher is frozen: it takes nothing from the student.'],
  ])('%d', (tau, sentence) => expect(meaningOf(tau, tau)).toBe(sentence))

  it('tells the end of the schedule where that differs', () => {
    expect(meaningOf(0.9, 0.99)).toBe(
      'At τ = 0.90 half of the teacher is replaced in 7 steps; at the end, in 69 steps.',
    )
    expect(meaningOf(0.9, 1)).toBe('At τ = 0.90 half of the teacher is replaced in 7 steps.')
  })

  it('speaks of one step in the singular', () => expect(inSteps(1.2)).toBe('1 step'))
})
