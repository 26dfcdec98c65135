import { expect, test } from 'vitest'
import { guessing, marginOf, standing } from '../../../../src/app/probes/standing.ts'
import { baseline, NOTHING_LEARNT, probe, survey } from '../../../support/probes.ts'

const besides = (learnt: number, random: number, raw: number, tested = 500) =>
  standing(
    {
      ...NOTHING_LEARNT,
      survey: survey({ tested }),
      probes: [probe(40, learnt)],
      random: baseline('random', random),
      raw: baseline('raw', raw),
    },
    'knn',
  )

test('a lead counts only where it is more than chance', () => {
  expect(marginOf(0.5, 0.5, 800)).toBeCloseTo(0.05, 5) // two standard errors of 0.025
  expect(besides(0.7, 0.6, 0.8)).toMatch(/^It has learnt/)
  expect(besides(0.62, 0.6, 0.8)).toMatch(/500 tested samples can say \(± 6\.2 points\)/)
  expect(besides(0.62, 0.6, 0.8, 100_000)).toMatch(/^It has learnt/)
  expect(besides(0.5, 0.6, 0.8)).toMatch(/less is told right/)
})

test('raw input is a rival of its own', () => {
  expect(besides(0.7, 0.6, 0.8)).toContain('Raw input, which is what the network gets, still tells more')
  expect(besides(0.7, 0.6, 0.72)).toMatch(
    /Whether it beats raw input.* 500 tested samples cannot say \(± 5\.7 points\)/,
  )
  expect(besides(0.8, 0.6, 0.7)).toContain('beats raw input')
})

test('nothing is said before there is something to compare', () => {
  expect(standing({ ...NOTHING_LEARNT, survey: survey(), probes: [probe(40, 0.5)] }, 'knn')).toBe('')
  expect(standing({ ...NOTHING_LEARNT, random: baseline('random', 0.5) }, 'knn')).toBe('')
})

test('guessing names the most frequent class', () => {
  expect(guessing(Uint32Array.of(3, 1, 0, 2, 0, 0, 1, 1, 0), 3)).toBe(0.5)
  expect(guessing(new Uint32Array(), 0)).toBeNaN()
})
