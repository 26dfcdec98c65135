import { expect, test } from 'vitest'
import { resolveConfig } from '../../../src/config/presets.ts'
import { turnedBetween } from '../../../src/config/turned.ts'

const before = resolveConfig('image', 'small', { method: '1' })

test('settings of the steps that differ are turned', () => {
  expect(turnedBetween(before, { ...before, lr: 0.0005, flip: false })).toEqual([
    { name: 'flip', from: true, to: false },
    { name: 'lr', from: before.lr, to: 0.0005 },
  ])
})

test('neither how what was learnt is probed, nor what makes no difference', () => {
  expect(
    turnedBetween(before, { ...before, probeEvery: 500, probeNetwork: 'student', maskNoise: 0.5 }),
  ).toEqual([])
})
