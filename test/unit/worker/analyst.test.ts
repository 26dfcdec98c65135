import { expose } from 'comlink'
import { expect, test } from 'vitest'
import { AnalysisFailed, Analyst } from '../../../src/probes/analyst.ts'
import { startAnalyst } from '../../../src/worker/analyst.ts'

/** A worker in this thread, whose program may be missing. */
class FakeWorker extends EventTarget {
  isTerminated = false
  private readonly port: MessagePort

  constructor(program?: (port: MessagePort) => void) {
    super()
    const { port1, port2 } = new MessageChannel()
    this.port = port1
    port1.addEventListener('message', ({ data }: MessageEvent) =>
      this.dispatchEvent(new MessageEvent('message', { data: data as unknown })),
    )
    port1.start()
    if (program) program(port2)
    else queueMicrotask(() => this.dispatchEvent(new Event('error')))
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer)
  }

  terminate(): void {
    this.isTerminated = true
    this.port.close()
  }
}

const raw = { count: 2, width: 1, values: Float32Array.of(1, 2) }

function start(...programs: (((port: MessagePort) => void) | undefined)[]) {
  const workers: FakeWorker[] = []
  const analyst = startAnalyst(() => {
    const worker = new FakeWorker(programs[workers.length])
    workers.push(worker)
    return worker as unknown as Worker
  })
  return { analyst, workers }
}

const works = (port: MessagePort) => expose(new Analyst(), port)

test('what is asked of a worker that cannot be loaded fails, and the next question starts another', async () => {
  const { analyst, workers } = start(undefined, works)
  const asked = [analyst.open({ task: undefined, raw }), analyst.draw('pca', 1)]
  for (const answer of asked) await expect(answer).rejects.toThrow(AnalysisFailed)
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true])
  await analyst.open({ task: undefined, raw })
  await analyst.study([{ ...raw, values: Float32Array.of(3, 4) }], 1, 7)
  expect(await analyst.likeness(0, 1)).toMatchObject({ step: 7, raw: [{ sample: 1 }] })
  workers[1].terminate()
})

test('a question that makes it fail says why, and the worker stays', async () => {
  const { analyst, workers } = start(works)
  await analyst.open({ task: undefined, raw })
  await expect(analyst.study([], 1, 7)).rejects.toThrow(/cannot be measured now \(.+\)\. .*Measure now/)
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([false])
  workers[0].terminate()
})
