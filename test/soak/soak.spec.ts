import { expect, type Page, type Worker } from '@playwright/test'
import { PHASES } from '../../src/app/panels/announcement.ts'
import { test } from '../e2e/support/playground.ts'
import { HeapMeter } from './heap.ts'

const STEPS = 10_000
const STEPS_BETWEEN = 500

/** By then all programs are compiled, all figures loaded, and the first pictures drawn. */
const SETTLED = 2000

/** What a run's metrics may take: some numbers a step, in the worker, in the page and behind its curves. */
const HEAP_PER_STEP = 1500

/** The metrics of a step in the browser's database, and what that has not tidied up yet. */
const STORAGE_PER_STEP = 500
const STORAGE_SLACK = 8e6

/** Bytes, after so many steps. */
interface Reading {
  readonly step: number
  /** Of JavaScript in the page and in the worker that trains. */
  readonly heap: number
  /** Of GPU buffers, more than at the first step. */
  readonly gpu: number
  /** That the site has stored. */
  readonly storage: number
}

test(`${STEPS} steps leave memory as it was`, async ({ playground }) => {
  const { page } = playground
  await playground.open(`width=16&batchSize=2&steps=${STEPS}`)
  const worker = page.workers().find((each) => each.url().includes('training'))
  if (worker === undefined) throw new Error('No worker trains.')
  await countGPUBytes(worker)
  const heap = await HeapMeter.of(page)
  // The first survey takes buffers that all later ones use again. When it would come by itself depends on the machine.
  await playground.measure()
  await expect(playground.figure('What it has learnt').getByLabel('Share of samples')).toBeVisible()
  await playground.train.click()
  const readings: Reading[] = []
  for (let step = STEPS_BETWEEN; step <= STEPS; step += STEPS_BETWEEN) {
    await expect.poll(() => playground.steps(), { timeout: 600_000 }).toBeGreaterThanOrEqual(step)
    readings.push({ step: await playground.steps(), ...(await measure(page, worker, heap)) })
    console.log(JSON.stringify(readings.at(-1)))
  }
  await expect(playground.status.getByText(PHASES.finished, { exact: true })).toHaveCount(1)
  const settled = readings.filter(({ step }) => step >= SETTLED)
  const [first, last] = [settled[0], settled[settled.length - 1]]
  const steps = last.step - first.step
  expect(last.heap - first.heap, 'bytes of JavaScript').toBeLessThan(HEAP_PER_STEP * steps)
  expect(last.storage - first.storage, 'bytes stored').toBeLessThan(STORAGE_PER_STEP * steps + STORAGE_SLACK)
  expect(last.gpu - first.gpu, 'bytes on the GPU').toBeLessThanOrEqual(0)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

type Create = (descriptor: GPUBufferDescriptor) => GPUBuffer

/** Counts the bytes of all GPU buffers that are created and not destroyed from now on. */
async function countGPUBytes(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    const counted = globalThis as unknown as { gpuBytes: number }
    counted.gpuBytes = 0
    const alive = new WeakSet<GPUBuffer>()
    const create = Object.getOwnPropertyDescriptor(GPUDevice.prototype, 'createBuffer')?.value as Create
    const destroy = Object.getOwnPropertyDescriptor(GPUBuffer.prototype, 'destroy')?.value as () => undefined
    Object.assign(GPUDevice.prototype, {
      createBuffer(this: GPUDevice, descriptor: GPUBufferDescriptor) {
        const buffer = create.call(this, descriptor)
        alive.add(buffer)
        counted.gpuBytes += buffer.size
        return buffer
      },
    })
    Object.assign(GPUBuffer.prototype, {
      destroy(this: GPUBuffer) {
        if (alive.delete(this)) counted.gpuBytes -= this.size
        destroy.call(this)
      },
    })
  })
}

async function measure(page: Page, worker: Worker, heap: HeapMeter): Promise<Omit<Reading, 'step'>> {
  return {
    heap: await heap.read(),
    gpu: await worker.evaluate(() => (globalThis as unknown as { gpuBytes: number }).gpuBytes),
    storage: await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0),
  }
}
