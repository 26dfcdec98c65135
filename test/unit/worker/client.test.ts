import { describe, expect, test } from 'vitest'
import { TrainingClient } from '../../../src/worker/client.ts'
import type { Command, WorkerEvent } from '../../../src/worker/protocol.ts'

class FakeWorker {
  readonly received: Command[] = []
  terminated = false
  onmessage: ((event: { data: WorkerEvent }) => void) | null = null
  onmessageerror: (() => void) | null = null
  onerror: ((event: { message?: string }) => void) | null = null

  postMessage(command: Command): void {
    this.received.push(command)
  }

  terminate(): void {
    this.terminated = true
  }

  say(data: WorkerEvent): void {
    this.onmessage?.({ data })
  }
}

function connect() {
  const workers: FakeWorker[] = []
  const events: WorkerEvent[] = []
  const createWorker = () => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker as unknown as Worker
  }
  const client = new TrainingClient((event) => events.push(event), createWorker, 'https://example.org/play/')
  return { client, workers, events }
}

const LOST: WorkerEvent = { type: 'workerFailure', message: 'The GPU is gone.' }

describe('TrainingClient', () => {
  test('starts a worker at once and tells it where the page lies', () => {
    const { client, workers } = connect()
    client.send({ type: 'train', modality: 'image', run: 1 })
    expect(workers).toHaveLength(1)
    expect(workers[0].received).toEqual([
      { type: 'start', base: 'https://example.org/play/' },
      { type: 'train', modality: 'image', run: 1 },
    ])
  })

  test('passes events on', () => {
    const { workers, events } = connect()
    workers[0].say(LOST)
    expect(events).toEqual([LOST])
  })

  test('restarts with a fresh worker, which gets all later commands', () => {
    const { client, workers, events } = connect()
    client.restart()
    client.send({ type: 'pause', modality: 'image', run: 1 })
    workers[0].say(LOST)
    expect(workers[0].terminated).toBe(true)
    expect(workers[0].received).toHaveLength(1)
    expect(workers[1].received.map(({ type }) => type)).toEqual(['start', 'pause'])
    expect(events).toEqual([])
  })

  test('says nothing more once it is disposed of', () => {
    const { client, workers, events } = connect()
    client.dispose()
    workers[0].say(LOST)
    expect(workers[0].terminated).toBe(true)
    expect(events).toEqual([])
  })

  test.each([
    [
      'an error',
      (worker: FakeWorker) => worker.onerror?.({ message: 'out of memory' }),
      /stopped: out of memory/,
    ],
    ['a worker that does not load', (worker: FakeWorker) => worker.onerror?.({}), /could not be loaded/],
    ['a message that cannot be read', (worker: FakeWorker) => worker.onmessageerror?.(), /could not be read/],
  ])('turns %s into a failure that says what has happened', (_, fail, message) => {
    const { workers, events } = connect()
    fail(workers[0])
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ type: 'workerFailure' })
    expect(events[0]).toHaveProperty('message', expect.stringMatching(message))
  })
})
