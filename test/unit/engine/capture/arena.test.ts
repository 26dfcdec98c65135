import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeTemporaries } from '../../../../src/engine/capture/arena.ts'
import { bufferNamed, dispatchOf } from '../../../support/recordings.ts'

const input = bufferNamed('input')
const isTemporary = (buffer: GPUBuffer) => buffer !== input

test('temporaries share memory once they are no longer needed', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => bufferNamed(name))
  const commands = [
    dispatchOf('1', [input], [a]),
    dispatchOf('2', [a], [b]),
    dispatchOf('3', [b], [c]),
    dispatchOf('4', [c], [d]),
  ]
  expect(placeTemporaries(commands, new Map(), isTemporary, [d]).slots).toEqual([256, 256])
})

test('what outlives the step shares with nobody after it', () => {
  const [output, later] = ['output', 'later'].map((name) => bufferNamed(name))
  const commands = [dispatchOf('1', [input], [output]), dispatchOf('2', [input], [later])]
  expect(placeTemporaries(commands, new Map(), isTemporary, [output]).slots).toHaveLength(2)
})

test('never two at a time in one slot, and each fits in its own', () => {
  const lives = fc.array(
    fc.record({ size: fc.integer({ min: 1, max: 64 }), first: fc.nat(20), length: fc.nat(10) }),
    { minLength: 1, maxLength: 30 },
  )
  fc.assert(
    fc.property(lives, (lives) => {
      const buffers = lives.map(({ size }, i) => bufferNamed(`${i}`, 4 * size))
      const last = (i: number) => lives[i].first + lives[i].length
      const commands = Array.from({ length: 32 }, (_, at) => {
        const used = buffers.filter((_, i) => at === lives[i].first || at === last(i))
        return dispatchOf(`${at}`, [input], used)
      })
      const { slots, slotOf } = placeTemporaries(commands, new Map(), isTemporary, [])
      buffers.forEach((buffer, i) => {
        const slot = slotOf.get(buffer) ?? -1
        expect(slots[slot]).toBeGreaterThanOrEqual(buffer.size)
        buffers.forEach((other, j) => {
          if (i === j || slotOf.get(other) !== slot) return
          expect(last(i) < lives[j].first || last(j) < lives[i].first).toBe(true)
        })
      })
    }),
  )
})
