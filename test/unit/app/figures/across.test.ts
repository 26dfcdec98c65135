import { expect, it } from 'vitest'
import { acrossAxis } from '../../../../src/app/figures/across.ts'

const names = ({ ticks, format }: ReturnType<typeof acrossAxis>) => ticks.map(format)

it('counts steps, and does not stretch with each of the first', () => {
  expect(acrossAxis('step', 3).last).toBe(20)
  expect(names(acrossAxis('step', 3000))).toEqual(['0', '1,000', '2,000', '3,000'])
  expect(acrossAxis('step', 3000).describe(1234)).toBe('step 1,234')
})

it('counts seconds, and minutes once there are several', () => {
  expect(names(acrossAxis('seconds', 60))).toEqual(['0 s', '20 s', '40 s', '60 s'])
  expect(names(acrossAxis('seconds', 900))).toEqual(['0 min', '5 min', '10 min', '15 min'])
  expect(acrossAxis('seconds', 60).describe(7.25)).toBe('after 7.25 s')
})
