import { expect, test } from 'vitest'
import { describeTurned, movesOf } from '../../../../src/app/figures/turnings.ts'
import type { Turned } from '../../../../src/config/turned.ts'

const lr = (from: number, to: number): Turned => ({ name: 'lr', from, to })
const ratio = (from: number, to: number): Turned => ({ name: 'maskRatio', from, to })
const at = (seconds: number, ...turned: Turned[]) => ({ step: 10 * seconds, seconds, turned })

test('a slider that is drawn is one move, from its first step to what it came to', () => {
  expect(movesOf([at(1, lr(4, 3)), at(2, lr(3, 2)), at(3, ratio(0.5, 0.6)), at(4, lr(2, 1))])).toEqual([
    at(1, lr(4, 1), ratio(0.5, 0.6)),
  ])
})

test('what is turned later is another move', () => {
  const moves = [at(1, lr(4, 3)), at(5, lr(3, 2))]
  expect(movesOf(moves)).toEqual(moves)
})

test('what was turned back in the same move is none', () => {
  expect(movesOf([at(1, lr(4, 3)), at(2, lr(3, 4)), at(9, ratio(0.5, 0.6))])).toEqual([
    at(9, ratio(0.5, 0.6)),
  ])
})

test('is said with the names, units and choices that the form has', () => {
  expect(describeTurned([lr(0.003, 0.001), { name: 'flip', from: false, to: true }])).toBe(
    'Learning rate 0.003 → 0.001, Mirror at random Off → On',
  )
})
