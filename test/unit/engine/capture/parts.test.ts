import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { joined, Parts } from '../../../../src/engine/capture/parts.ts'

describe('pieces are joined', () => {
  test('to one submit, if a step takes the GPU a moment', () => {
    expect(joined([16, 32, 40], [[100, 150, 200]])).toEqual([40])
  })

  test('until the next would make a part too long', () => {
    const pieces = [16, 32, 48, 64, 80, 96, 112, 128]
    expect(joined(pieces, [[90, 90, 20, 190, 60, 100, 60, 20]])).toEqual([32, 48, 64, 96, 128])
  })

  test('by the less that each took, so that a shader that was finished meanwhile does not count', () => {
    const [first, second] = [
      [2000, 50, 1500],
      [150, 60, 150],
    ]
    expect(joined([16, 32, 48], [first, second])).toEqual([48])
  })

  test('by their share of the commands, where a browser told of many at once', () => {
    const pieces = Array.from({ length: 30 }, (_, i) => 16 * (i + 1))
    const atOnce = pieces.map((_, i) => (i === 0 ? 3000 : 0))
    const ends = joined(pieces, [atOnce, atOnce])
    // 100 ms each: the first seems to have taken all the time, the others go two by two.
    expect(ends).toEqual([16, ...pieces.filter((end) => end % 32 === 16 && end > 16), 480])
  })
})

describe('a step', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  /** A queue that is done with each submit when told so. */
  function slowQueue() {
    const waiting: (() => void)[] = []
    const queue = { onSubmittedWorkDone: () => new Promise<void>((resolve) => waiting.push(resolve)) }
    /** Each of these waits for so many milliseconds more than the one before. */
    const finish = async (times: number[]) => {
      for (const [i, done] of waiting.splice(0).entries()) {
        vi.advanceTimersByTime(times[i])
        done()
        await Promise.resolve()
        await Promise.resolve()
      }
    }
    return { queue: queue as unknown as GPUQueue, waiting, finish }
  }

  function submit(parts: Parts, queue: GPUQueue) {
    parts.begin(queue)
    parts.ends.forEach(() => parts.submitted(queue))
  }

  test('goes in pieces until two have been timed, apart from what was queued before', async () => {
    const parts = new Parts(40)
    const { queue, waiting, finish } = slowQueue()
    expect(parts.ends).toEqual([16, 32, 40])
    submit(parts, queue)
    expect(waiting).toHaveLength(4)
    submit(parts, queue) // not timed: the first is still under way
    expect(waiting).toHaveLength(4)
    await finish([0, 900, 100, 900])
    expect(parts.ends).toEqual([16, 32, 40])
    submit(parts, queue)
    await finish([5000, 100, 100, 150])
    expect(parts.ends).toEqual([40])
    submit(parts, queue)
    expect(waiting).toHaveLength(0)
  })

  test('stays in pieces where each of them takes long every time', async () => {
    const parts = new Parts(40)
    const { queue, finish } = slowQueue()
    for (let step = 0; step < 2; step++) {
      submit(parts, queue)
      await finish([0, 300, 300, 120])
    }
    expect(parts.ends).toEqual([16, 32, 40])
  })
})
