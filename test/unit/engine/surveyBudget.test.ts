import { expect, test } from 'vitest'
import { SurveyBudget } from '../../../src/engine/surveyBudget.ts'

test('surveys wait until training has earned them', () => {
  const budget = new SurveyBudget()
  budget.cost = 50
  expect(budget.allows(0.05)).toBe(false)
  budget.train(949)
  expect(budget.allows(0.05)).toBe(false)
  budget.train(1)
  expect(budget.allows(0.05)).toBe(true) // 50 of 1,000 ms
  budget.spend(50)
  expect(budget.share).toBeCloseTo(0.05)
  expect(budget.allows(0.05)).toBe(false)
})

test('what is dear at once may be cheap in the long run', () => {
  const budget = new SurveyBudget()
  budget.cost = 5000
  budget.train(10_000)
  expect(budget.allows(0.05)).toBe(false)
  expect(budget.allows(0.5)).toBe(true)
})
