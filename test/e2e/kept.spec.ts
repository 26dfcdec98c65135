import { readFile } from 'node:fs/promises'
import { expect, type Page, type Worker } from '@playwright/test'
import { readPortable } from '../../src/checkpoint/portableRun.ts'
import { MODALITIES, type ModalityName } from '../../src/config/modalities.ts'
import type { MetricRow } from '../../src/engine/reports.ts'
import { drop } from './support/drop.ts'
import { Playground, test } from './support/playground.ts'

/** Settings that make steps short, as they stand in a link. */
const LEAST: Readonly<Record<ModalityName, string>> = {
  image: 'width=16&batchSize=2&steps=9999',
  audio: 'width=16&batchSize=2&steps=9999&clipSeconds=0.4',
  text: 'width=16&batchSize=2&steps=9999&contextTokens=12',
}

const KILLED = 'it was killed'

/**
 * Step, loss and norm of the gradient of each kept run's steps; the newest run first. What is measured only now and then,
 * or takes time, differs from run to run.
 */
async function keptSteps(page: Page): Promise<string[][]> {
  const runs = await page.evaluate(async () => {
    const open = indexedDB.open('data2vec-runs')
    await new Promise((done) => (open.onsuccess = done))
    const all = <Value>(store: string) =>
      new Promise<Value[]>((resolve) => {
        const asked = open.result.transaction(store).objectStore(store).getAll()
        asked.onsuccess = () => resolve(asked.result as Value[])
      })
    const keys = await new Promise<[string, number][]>((resolve) => {
      const asked = open.result.transaction('rows').objectStore('rows').getAllKeys()
      asked.onsuccess = () => resolve(asked.result as [string, number][])
    })
    const rows = await all<MetricRow[]>('rows')
    const runs = await all<{ id: string; begunAt: number }>('runs')
    open.result.close()
    return runs
      .toSorted((one, other) => other.begunAt - one.begunAt)
      .map(({ id }) => rows.filter((_, i) => keys[i][0] === id).flat())
  })
  return runs.map((rows) => rows.map(({ step, loss, grad_norm }) => [step, loss, grad_norm].join(' ')))
}

/** Waits until the browser keeps the newest run as it is after at least so many steps; says after how many. */
async function trainUntilKept({ page }: Playground, least: number): Promise<number> {
  let kept = 0
  await expect(async () => {
    const [rows] = await keptSteps(page)
    kept = rows.length
    expect(kept).toBeGreaterThanOrEqual(least)
  }).toPass()
  return kept
}

/** The worker dies of an error that nobody foresaw, in a promise that nobody waits for. */
async function breakWorker({ page, wantedErrors }: Playground): Promise<void> {
  wantedErrors.push(KILLED)
  await trainingWorker(page).evaluate((message) => {
    void Promise.reject(new Error(message))
  }, KILLED)
}

function trainingWorker(page: Page): Worker {
  const worker = page.workers().find((each) => each.url().includes('training'))
  if (worker === undefined) throw new Error('No worker trains.')
  return worker
}

/** The GPU has no memory for the next step that asks for some. */
async function runOutOfMemory({ page }: Playground): Promise<void> {
  await trainingWorker(page).evaluate(() => {
    const push = Object.getOwnPropertyDescriptor(GPUDevice.prototype, 'pushErrorScope') ?? {}
    const pop = Object.getOwnPropertyDescriptor(GPUDevice.prototype, 'popErrorScope') ?? {}
    const refuseNext = () =>
      Object.defineProperty(GPUDevice.prototype, 'popErrorScope', {
        ...pop,
        async value(this: GPUDevice) {
          Object.defineProperty(GPUDevice.prototype, 'popErrorScope', pop)
          await this.popErrorScope()
          return new GPUOutOfMemoryError('no room')
        },
      })
    Object.defineProperty(GPUDevice.prototype, 'pushErrorScope', {
      ...push,
      value(this: GPUDevice, filter: GPUErrorFilter) {
        Reflect.apply(push.value as GPUDevice['pushErrorScope'], this, [filter])
        if (filter !== 'out-of-memory') return // shaders are tried in scopes, too
        Object.defineProperty(GPUDevice.prototype, 'pushErrorScope', push)
        refuseNext()
      },
    })
  })
}

/**
 * The GPU goes away while something is read from it: the reading fails before the device says that it is lost. Which
 * device is in use is known from its next command encoder.
 */
async function loseDevice({ page }: Playground): Promise<void> {
  await trainingWorker(page).evaluate(() => {
    const encoder = Object.getOwnPropertyDescriptor(GPUDevice.prototype, 'createCommandEncoder') ?? {}
    const map = Object.getOwnPropertyDescriptor(GPUBuffer.prototype, 'mapAsync') ?? {}
    const mapAndLose = (device: GPUDevice) =>
      function (this: GPUBuffer, ...given: Parameters<GPUBuffer['mapAsync']>) {
        Object.defineProperty(GPUBuffer.prototype, 'mapAsync', map)
        const mapped = this.mapAsync(...given)
        device.destroy()
        return mapped
      }
    Object.defineProperty(GPUDevice.prototype, 'createCommandEncoder', {
      ...encoder,
      value(this: GPUDevice, descriptor?: GPUCommandEncoderDescriptor) {
        Object.defineProperty(GPUDevice.prototype, 'createCommandEncoder', encoder)
        Object.defineProperty(GPUBuffer.prototype, 'mapAsync', { ...map, value: mapAndLose(this) })
        return this.createCommandEncoder(descriptor)
      },
    })
  })
}

const CASES = (['image', 'audio', 'text'] as const).flatMap((modality) =>
  (
    [
      ['wasm', breakWorker],
      ['webgpu', loseDevice],
    ] as const
  ).map(([backend, stop]): [ModalityName, string, (playground: Playground) => Promise<void>] => [
    modality,
    backend,
    stop,
  ]),
)

for (const [modality, backend, stop] of CASES)
  test(`a run on ${MODALITIES[modality].title} goes on by ${backend} after a reload and a failure as if nothing had happened`, async ({
    playground,
  }) => {
    const { page } = playground
    await playground.open(`${LEAST[modality]}&backend=${backend}`, modality)
    await playground.train.click()
    const first = await trainUntilKept(playground, 1)
    await page.reload()
    await page.getByRole('button', { name: 'Open it' }).click()
    await playground.train.click()
    const second = await trainUntilKept(playground, first + 1)
    await stop(playground)
    await page.getByRole('button', { name: /^Go on from step/ }).click()
    const last = await trainUntilKept(playground, Math.max(100, second + 1))
    await playground.pause.click()

    await playground.reset.click()
    await playground.expectPausedAt(0)
    await playground.train.click()
    await expect(async () => expect((await keptSteps(page)).length).toBe(2)).toPass()
    await trainUntilKept(playground, last)
    const [unbroken, broken] = await keptSteps(page)
    expect(broken.slice(0, last)).toEqual(unbroken.slice(0, last))
  })

test('a damaged checkpoint gives way to the one before, which is said', async ({ playground }) => {
  const { page } = playground
  await playground.open(LEAST.image)
  await playground.step.click()
  await trainUntilKept(playground, 1)
  await playground.expectPausedAt(1)
  await playground.step.click()
  await trainUntilKept(playground, 2)
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('runs')
    const files: FileSystemFileHandle[] = []
    for await (const handle of folder.values()) if (handle.kind === 'file') files.push(handle)
    const opened = await Promise.all(files.map((file) => file.getFile()))
    const newest = opened.toSorted((one, other) => other.lastModified - one.lastModified)[0]
    const writer = await files[opened.indexOf(newest)].createWritable({ keepExistingData: true })
    await writer.write({ type: 'write', position: newest.size - 100, data: new Uint8Array(8) })
    await writer.close()
  })
  await page.reload()
  await page.getByRole('button', { name: 'Open it' }).click()
  await playground.expectPausedAt(1)
  await expect(page.getByText(/newest checkpoint of this run is damaged.*after step 1/)).toBeVisible()
  await playground.step.click()
  await playground.expectPausedAt(2)
  await trainUntilKept(playground, 2)
})

test('two tabs keep runs beside each other, and only one of them has each', async ({
  playground,
  context,
}) => {
  const { page } = playground
  await playground.open(LEAST.image)
  await playground.step.click()
  await trainUntilKept(playground, 1)
  const second = await context.newPage()
  await second.goto(page.url())
  const runs = second.getByRole('region', { name: 'Your runs' })
  await expect(runs.getByRole('listitem')).toContainText('in another tab')
  await expect(second.getByRole('button', { name: /^Open (it|Tiny)/ })).toHaveCount(0)
  await page.close()
  await second.reload()
  await second.getByRole('button', { name: 'Open it' }).click()
  await expect(second.getByRole('status', { name: 'Training status' })).toContainText('step 1 of')
})

test('a deleted run comes back by Undo, and is gone for good otherwise', async ({ playground }) => {
  const { page } = playground
  const runs = page.getByRole('region', { name: 'Your runs' })
  await playground.open(LEAST.image)
  await playground.step.click()
  await expect(runs.getByRole('listitem')).toContainText('open')
  await playground.reset.click()
  await runs.getByRole('button', { name: 'Delete Tiny' }).click()
  await expect(runs.getByRole('listitem')).toHaveCount(0)
  await runs.getByRole('button', { name: 'Undo' }).click()
  await expect(runs.getByRole('listitem')).toHaveCount(1)
  await runs.getByRole('button', { name: 'Delete Tiny' }).click()
  await expect(runs.getByRole('status')).toContainText('Deleted a run of 1 step.')
  await page.reload()
  await playground.expectReady()
  await expect(runs.getByText('can be gone on with after a reload')).toBeVisible()
})

test('a kept run is drawn beside the one that is open', async ({ playground }) => {
  const { page } = playground
  const runs = page.getByRole('region', { name: 'Your runs' })
  const loss = playground.figure('Loss')
  await playground.open(LEAST.image)
  await playground.step.click()
  await playground.step.click()
  await playground.expectPausedAt(2)
  await playground.reset.click()
  await playground.expectPausedAt(0)
  await runs.getByRole('button', { name: 'Compare Tiny' }).click()
  await playground.step.click()
  await playground.expectPausedAt(1)
  await expect(loss.getByRole('list', { name: 'Compared runs' })).toContainText('A')
  await expect(loss).toContainText(
    /Images: from [\d.]+ at step 1 .* A, Tiny.*: from [\d.]+ at step 1 to [\d.]+ at step 2/,
  )
  await loss.getByRole('button', { name: /^Compare Tiny .*no longer$/ }).click()
  await expect(loss.getByText('A, Tiny')).toHaveCount(0)
  await expect(page.locator(':focus').getByRole('figure', { name: 'Loss' })).toBeVisible()
})

test('what a run had learnt is in the list of runs, and is drawn again after a reload', async ({
  playground,
}) => {
  const { page } = playground
  const run = page.getByRole('region', { name: 'Your runs' }).getByRole('listitem')
  await playground.open(`${LEAST.image}&backend=wasm`)
  await playground.step.click()
  await playground.expectPausedAt(1)
  await playground.measure()
  await expect(run).toContainText(/[\d.]+ % told right/)
  const told = /[\d.]+ % told right/.exec((await run.textContent()) ?? '')?.[0]
  await page.reload()
  await expect(run).toContainText(told ?? 'a share')
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect(playground.figure('What it has learnt').getByRole('application')).toBeVisible()
})

test('a run can be taken away: its weights and settings, and its metrics', async ({ playground }) => {
  const { page } = playground
  const runs = page.getByRole('region', { name: 'Your runs' })
  await playground.open(LEAST.image)
  await playground.step.click()
  await expect(runs.getByRole('listitem')).toContainText('open')
  const saved = page.waitForEvent('download')
  await runs.getByRole('button', { name: 'Download Tiny' }).click()
  const file = await saved
  expect(file.suggestedFilename()).toBe('data2vec-image-tiny-1.safetensors')
  const { state, run, rows } = readPortable(await readFile(await file.path()))
  expect([state.learner.updates, rows.length]).toEqual([1, 1])
  expect(run.config).toMatchObject({ width: 16, batchSize: 2 })

  const metrics = page.waitForEvent('download')
  await runs.getByRole('button', { name: 'Metrics of this run as CSV' }).click()
  const table = await readFile(await (await metrics).path(), 'utf8')
  expect(table.split('\r\n')).toHaveLength(3)
})

test('a run goes on in another browser as in the first, with its note, its curve and what was turned', async ({
  playground,
  browser,
  baseURL,
}) => {
  const { page } = playground
  const runs = page.getByRole('region', { name: 'Your runs' })
  await playground.open(LEAST.image)
  for (const step of [1, 2]) {
    await playground.step.click()
    await playground.expectPausedAt(step)
    await trainUntilKept(playground, step)
    await playground.setting('Mask ratio').fill('0.5')
    await playground.setting('Mask ratio').press('Enter')
  }
  const turned = 'From step 2: Mask ratio 0.6 → 0.5'
  await expect(playground.figure('Loss').getByText(turned)).toBeVisible()
  await runs.getByLabel('Note on Tiny').fill('the first of us')
  await runs.getByLabel('Note on Tiny').press('Enter')
  const saved = page.waitForEvent('download')
  await runs.getByRole('button', { name: 'Download Tiny' }).click()
  const file = await (await saved).path()
  await playground.step.click()
  await trainUntilKept(playground, 3)

  const elsewhere = await browser.newContext(baseURL === undefined ? {} : { baseURL })
  const other = new Playground(await elsewhere.newPage())
  await other.open('', 'text')
  await other.page.getByLabel('Add a run').setInputFiles(file)
  await other.page.getByRole('button', { name: 'Open it' }).click()
  await other.expectPausedAt(2)
  await expect(other.figure('Loss')).toContainText(/Images: from [\d.]+ at step 1 to [\d.]+ at step 2/)
  await expect(other.figure('Loss').getByText(turned)).toBeVisible()
  const there = other.page.getByRole('region', { name: 'Your runs' })
  await expect(there.getByLabel('Note on Tiny')).toHaveValue('the first of us')
  await other.step.click()
  await trainUntilKept(other, 3)
  expect(await keptSteps(other.page)).toEqual(await keptSteps(page))

  await there.getByRole('button', { name: 'Duplicate Tiny' }).click()
  await expect(there.getByRole('listitem')).toHaveCount(2)
  await elsewhere.close()
})

test('a file that is no run is refused in a sentence that names it', async ({ playground }) => {
  const { page } = playground
  await playground.open(LEAST.image)
  const buffer = Buffer.from('{"weights": "<img src=x onerror=alert(1)>"}')
  await drop(page.locator('body'), [{ name: 'my <b>run</b>.safetensors', mimeType: '', buffer }])
  await expect(page.getByText('“my <b>run</b>.safetensors” was not added to your runs.')).toBeVisible()
  await playground.step.click()
  await playground.expectPausedAt(1)
})

test('a run that the GPU has no memory for is said, with a smaller one, and the way back to the last', async ({
  playground,
}) => {
  const { page } = playground
  await playground.open(LEAST.image)
  await expect(playground.form).toContainText(/weights, 0\.\d+ MB of GPU memory, about [\d,.]+ ms a step: /)
  await playground.step.click()
  await trainUntilKept(playground, 1)
  const askForMore = async () => {
    await runOutOfMemory(playground)
    await playground.setting('Batch size').fill('64')
    await playground.setting('Batch size').press('Enter')
    await page.getByRole('button', { name: 'Start a new run' }).click()
    await expect(
      page.getByRole('alert').getByText(/needs \d+ MiB of memory, and the GPU has less/),
    ).toBeVisible()
  }
  await askForMore()
  await page.getByRole('button', { name: 'Back to the run before, at step 1' }).click()
  await playground.expectPausedAt(1)
  await playground.step.click()
  await playground.expectPausedAt(2)
  await askForMore()
  await page.getByRole('button', { name: 'Start anew with Batch size 32' }).click()
  await playground.expectPausedAt(0)
  await playground.step.click()
  await playground.expectPausedAt(1)
})

test('a browser that is full says so before it hurts, and again when it does; training goes on', async ({
  playground,
  context,
}) => {
  const { page } = playground
  await page.goto('./')
  const { origin } = new URL(page.url())
  const devtools = await context.newCDPSession(page)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 50_000 })
  await playground.open('steps=9999')
  await expect(
    page.getByText(/has 0\.\d MB left for this site, and keeping this run needs 0\.9 MB/),
  ).toBeVisible()
  await playground.step.click()
  await playground.expectPausedAt(1)
  await expect(page.getByText(/no longer kept: the browser has no more room/)).toBeVisible()
  await playground.step.click()
  await playground.expectPausedAt(2)
  await devtools.send('Storage.overrideQuotaForOrigin', { origin })
  await playground.step.click()
  await trainUntilKept(playground, 3)
})
