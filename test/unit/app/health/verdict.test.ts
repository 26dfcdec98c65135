import { describe, expect, test } from 'vitest'
import { courseOf, judge, signsOf, type Signs } from '../../../../src/app/health/verdict.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'

const collapse = resolveConfig('image', 'collapse')

/** A run at step 200 whose spreads fell from `before` to `now`. */
function signs(spread: number, atOnePlace: number, before = { spread: 0.9, atOnePlace: 0.6 }): Signs {
  return {
    step: 200,
    spread: { now: spread, highest: Math.max(spread, before.spread) },
    atOnePlace: { now: atOnePlace, highest: Math.max(atOnePlace, before.atOnePlace) },
    predictions: { now: 0.7, highest: 0.7 },
  }
}

describe('what a run’s targets say', () => {
  test('is a collapse to one answer where they hardly vary, whatever they do at one place', () => {
    expect(judge(collapse, signs(0.005, 0.005))).toBe('constant') // as measured with the preset
    expect(judge(collapse, signs(0.005, NaN))).toBe('constant')
  })

  test('is a collapse to one answer a place where only that is left, though the spread looks healthy', () => {
    expect(judge(collapse, signs(0.95, 0.03))).toBe('byPlace')
    expect(judge(collapse, signs(0.3, 0.07))).toBe('byPlace')
  })

  test.each([
    ['Fashion-MNIST', 0.99, 0.59, 0.63],
    ['WordNet', 1, 1, 1],
    ['the rescued preset', 0.79, 0.46, 0.53],
    ['text that leans on its places', 0.89, 0.355, 0.48],
  ])('is health as measured on %s', (_, spread, atOnePlace, highest) => {
    expect(judge(collapse, signs(spread, atOnePlace, { spread: 1, atOnePlace: highest }))).toBe('healthy')
  })

  test('is a warning once half of a spread is lost', () => {
    expect(judge(collapse, signs(0.4, 0.5))).toBe('shrinking')
    expect(judge(collapse, signs(0.9, 0.25))).toBe('shrinkingAtPlaces')
  })

  test('rests on the spread alone until a picture has been measured', () => {
    expect(judge(collapse, signs(0.9, NaN))).toBe('healthy')
  })
})

test('nothing is said of the first steps, nor before a spread was measured', () => {
  const early = signs(0.005, 0.005)
  expect(judge(collapse, { ...early, step: 19 })).toBe('unknown')
  const none = new Float64Array()
  const nothing = signsOf({ step: none, target_std: none, pred_std: none }, [])
  expect(judge(collapse, nothing)).toBe('unknown')
})

test('targets that grow alike are no collapse yet while the student looks for the one answer, and the loss is high', () => {
  const early = signs(0.005, 0.005)
  expect(judge(collapse, { ...early, step: 20 })).toBe('shrinking')
  expect(judge(collapse, { ...early, step: 49 })).toBe('shrinking')
  expect(judge(collapse, { ...early, step: 50 })).toBe('constant')
  const small = signs(0.05, 0.05, { spread: 0.05, atOnePlace: 0.05 })
  expect(judge(collapse, { ...small, step: 20 })).toBe('unknown')
})

test('places are judged once the learning rate is up: loud positions may drown the samples at first', () => {
  const loud = signs(0.9, 0.08, { spread: 0.9, atOnePlace: 0.2 })
  expect(judge(collapse, { ...loud, step: 49 })).toBe('unknown')
  expect(judge(collapse, { ...loud, step: 50 })).toBe('byPlace')
  const long = { ...collapse, steps: 6000, warmup: 0.1 }
  expect(judge(long, { ...loud, step: 599 })).toBe('unknown')
  expect(judge(long, { ...loud, step: 600 })).toBe('byPlace')
})

test('a student that says the same everywhere is told apart from a collapse, once it should have begun', () => {
  // As measured on text with positions in the attention only: 0.001 at step 120, with targets at 0.9.
  const silent = { ...signs(0.9, 0.9), predictions: { now: 0.001, highest: 0.001 } }
  expect(judge(collapse, { ...silent, step: 49 })).toBe('healthy')
  expect(judge(collapse, { ...silent, step: 120 })).toBe('silent')
})

test('targets without any norm have no size to be judged by', () => {
  const free = { ...collapse, targetNorm: 'none', targetFinalNorm: 'none' } as const
  expect(judge(free, signs(0.005, 0.005))).toBe('unscaled')
  expect(judge({ ...free, targetFinalNorm: 'layer' }, signs(0.005, 0.005))).toBe('constant')
})

test('a course skips what was not measured', () => {
  expect(courseOf([0.5, NaN, 0.9, 0.2, NaN])).toEqual({ now: 0.2, highest: 0.9 })
  const columns = {
    step: Float64Array.of(1, 2),
    target_std: Float64Array.of(0.4, NaN),
    pred_std: Float64Array.of(0.1, 0.2),
  }
  const found = signsOf(columns, [{ step: 1, position_std: 0.3, effective_rank: 4 }])
  expect(found).toEqual({
    step: 2,
    spread: { now: 0.4, highest: 0.4 },
    atOnePlace: { now: 0.3, highest: 0.3 },
    predictions: { now: 0.2, highest: 0.2 },
  })
})
