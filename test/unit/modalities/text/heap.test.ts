import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Heap } from '../../../../src/modalities/text/heap.ts'

/** Numbers are pushed; undefined pops. */
const steps = fc.array(fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }), { maxLength: 60 })

test('a heap gives the smallest of what is in it, as a sorted list does', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const heap = new Heap<number>((a, b) => a < b)
      const sorted: number[] = []
      for (const step of all)
        if (step === undefined) expect(heap.pop()).toBe(sorted.shift())
        else {
          heap.push(step)
          sorted.push(step)
          sorted.sort((a, b) => a - b)
        }
      for (const item of sorted) expect(heap.pop()).toBe(item)
      expect(heap.pop()).toBeUndefined()
    }),
  )
})
