import { afterEach, expect, test, vi } from 'vitest'
import { StepsInFlight } from '../../../src/engine/stepsInFlight.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** Steps of which each takes so long, by a clock that goes on only when the next is caught up with. */
function create(ms: number) {
  const steps = new StepsInFlight()
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const finish: (() => void)[] = []
  const next = () => {
    const begun = now
    now += ms
    steps.add(new Promise((resolve) => finish.push(resolve)))
    return steps.catchUp(begun)
  }
  return { steps, next, finish }
}

/** Whether a promise is settled once all that can be is. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  const late = Symbol()
  const turn = new Promise((resolve) => setImmediate(() => resolve(late)))
  return (await Promise.race([promise, turn])) !== late
}

test.each([
  [60, 0],
  [20, 2],
  [1, 4],
])('of steps of %i ms, %i go on while the next is prepared', async (ms, overlapping) => {
  const { next, finish } = create(ms)
  const first = next()
  expect(await isSettled(first)).toBe(false) // nothing is known of how long a step takes
  finish[0]()
  await first
  for (let step = 0; step < overlapping; step++) expect(await isSettled(next())).toBe(true)
  const last = next()
  expect(await isSettled(last)).toBe(false)
  finish[1]()
  expect(await isSettled(last)).toBe(true)
})

test('all are waited for in the end', async () => {
  const { steps, next, finish } = create(10)
  const first = next()
  finish[0]()
  await first
  await next()
  const settled = steps.settled()
  expect(await isSettled(settled)).toBe(false)
  finish[1]()
  expect(await isSettled(settled)).toBe(true)
})
