import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { resolveConfig } from '../../../src/config/presets.ts'
import { cosineLr, halfLife, lrAt, tauAt } from '../../../src/config/schedule.ts'

interface EmaSchedule {
  readonly start: number
  readonly end: number
  readonly total: number
  readonly values: { step: number; decay: number }[]
}

interface LrSchedule {
  readonly kind: string
  readonly values: { num_updates?: number; it?: number; lr: number }[]
}

interface FairseqCosine extends LrSchedule {
  readonly lr: number
  readonly warmup: number
  readonly max: number
  readonly min_lr: number
}

interface BeitCosine extends LrSchedule {
  readonly base: number
  readonly final: number
  readonly epochs: number
  readonly niter: number
  readonly warmup_epochs: number
}

const { ema, lr } = JSON.parse(readFileSync('test/parity/golden/schedules.json', 'utf8')) as {
  ema: EmaSchedule[]
  lr: LrSchedule[]
}
const fairseq = lr.filter(({ kind }) => kind.startsWith('fairseq cosine')) as FairseqCosine[]
const beit = lr.filter(({ kind }) => kind.startsWith('beit')) as BeitCosine[]

/** Both sides compute in float64; they may add up in another order. */
const DIGITS = 12

describe.each(ema)('τ from $start to $end over $total', ({ start, end, total, values }) => {
  test.each(values)('is $decay after update $step', ({ step, decay }) => {
    expect(tauAt({ tau: start, tauEnd: end, tauSteps: total }, step)).toBeCloseTo(decay, DIGITS)
  })
})

describe.each(fairseq)('fairseq’s cosine of $max updates', (schedule) => {
  const { warmup, max, min_lr: minLr } = schedule
  // At `max` fairseq begins a new cycle; here the floor is kept.
  const values = schedule.values.map(({ num_updates, lr }) => ({ update: num_updates ?? 0, lr }))

  test.each(values.filter(({ update }) => update >= warmup && update < max))(
    'is $lr at $update',
    ({ update, lr }) => {
      expect(cosineLr({ lr: schedule.lr, minLr, warmupSteps: warmup, steps: max }, update)).toBeCloseTo(
        lr,
        DIGITS,
      )
    },
  )

  test.each(values.filter(({ update }) => update > 0 && update <= warmup))(
    'warms up to $lr at $update',
    ({ update, lr }) => {
      const config = { lr: schedule.lr, lrFloor: 0, warmup: warmup / max, steps: max }
      expect(lrAt(config, update - 1)).toBeCloseTo(lr, DIGITS) // no first update of rate 0
    },
  )
})

describe.each(beit)('BEiT’s cosine', (schedule) => {
  const warmupSteps = schedule.warmup_epochs * schedule.niter
  const steps = schedule.epochs * schedule.niter
  const values = schedule.values.map(({ it, lr }) => ({ it: it ?? 0, lr }))

  test.each(values.filter(({ it }) => it >= warmupSteps && it < steps))(
    'is $lr at iteration $it',
    ({ it, lr }) => {
      expect(cosineLr({ lr: schedule.base, minLr: schedule.final, warmupSteps, steps }, it)).toBeCloseTo(
        lr,
        DIGITS,
      )
    },
  )
})

describe('the learning rate of a preset', () => {
  const config = resolveConfig('image', 'small')

  test('rises from above zero to its peak, falls to its floor and stays there', () => {
    const rates = Array.from({ length: config.steps + 50 }, (_, step) => lrAt(config, step))
    const peak = rates.indexOf(Math.max(...rates))
    expect(rates[0]).toBeGreaterThan(0)
    expect(rates[peak]).toBeCloseTo(config.lr, DIGITS)
    expect(peak).toBe(Math.round(config.warmup * config.steps) - 1)
    expect(rates.slice(0, peak)).toEqual(rates.slice(0, peak).sort((a, b) => a - b))
    expect(rates.at(-1)).toBeCloseTo(config.lr * config.lrFloor, DIGITS)
  })

  test('starts at its peak without a warm-up', () => {
    expect(lrAt({ ...config, warmup: 0 }, 0)).toBeCloseTo(config.lr, DIGITS)
  })
})

describe('half-life', () => {
  test('is the number of steps after which τⁿ is a half', () => {
    expect(0.999 ** halfLife(0.999)).toBeCloseTo(0.5, DIGITS)
    expect(halfLife(1)).toBe(Infinity)
    expect(halfLife(0)).toBe(0)
  })
})
