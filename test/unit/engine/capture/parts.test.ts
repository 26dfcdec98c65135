import { expect, test } from 'vitest'
import { joined, Parts } from '../../../../src/engine/capture/parts.ts'

/** A queue that is done with each submit when told so. */
function slowQueue() {
  const finish: (() => void)[] = []
  const queue = { onSubmittedWorkDone: () => new Promise<void>((resolve) => finish.push(resolve)) }
  return { queue: queue as unknown as GPUQueue, finish }
}

test('a step that takes the GPU a moment becomes one submit', () => {
  expect(joined([16, 32, 40], [100, 150, 200])).toEqual([40])
})

test('a step that takes long is cut where the next piece would make a part too long', () => {
  expect(joined([16, 32, 48, 64], [120, 120, 60, 900])).toEqual([16, 48, 64])
})

test('the first step goes in pieces, and what follows as their times tell', async () => {
  const parts = new Parts(40)
  expect(parts.ends).toEqual([16, 32, 40])
  const { queue, finish } = slowQueue()
  parts.ends.forEach(() => parts.submitted(queue))
  parts.submitted(queue) // of the second step, which is not timed
  expect(finish).toHaveLength(3)
  finish.forEach((done) => done())
  await Promise.resolve()
  await Promise.resolve()
  expect(parts.ends).toEqual([40])
})
