import { expect } from '@playwright/test'
import { takeLongTasks, watchLongTasks } from './support/longTasks.ts'
import { test } from './support/playground.ts'
import { screenshots } from './support/screenshots.ts'

/** The preset with a schedule that ends within a minute on a software GPU. */
const SHORT_RUN = 'steps=60'

/**
 * The page stays below 100 ms on a machine of its own; software rendering and training on two busy cores take their
 * share. What else such a machine does may hold it up for once: beside two or three other programs two of nine runs had a
 * task of more than 300 ms, while the next longest of the four that were looked at closely took at most 122 ms.
 */
const LONG_TASK_MS = 200

test('trains on real images until the loss has clearly fallen, and leaves the page free', async ({
  playground,
}, info) => {
  await watchLongTasks(playground.page)
  await playground.open(SHORT_RUN)
  await expect(playground.sampleSet('Fashion-MNIST')).toBeChecked()
  await playground.train.click()
  await expect.poll(() => playground.lossRatio()).toBeLessThan(1)
  await takeLongTasks(playground.page) // start-up ends with the first charts

  await expect.poll(() => playground.lossRatio(), { timeout: 150_000 }).toBeLessThan(0.7)
  const [, nextLongest = 0] = (await takeLongTasks(playground.page)).toSorted((a, b) => b - a)
  expect(nextLongest, 'ms that the main thread was kept at a time, but for once').toBeLessThan(LONG_TASK_MS)
  await expect(playground.status).toContainText('WebGPU')
  await playground.pause.click()
  await screenshots(playground.page, info)
})

test('a battery that is low is said while something trains, which goes on', async ({ playground }) => {
  const { page } = playground
  await page.addInitScript(() => {
    const battery = Object.assign(new EventTarget(), { charging: false, level: 0.14 })
    Object.defineProperty(navigator, 'getBattery', { value: () => Promise.resolve(battery) })
  })
  await playground.open()
  const notice = page.getByText('The battery has 14 % left')
  await expect(notice).toBeHidden()
  await playground.train.click()
  await expect(notice).toBeVisible()
  const then = await playground.steps()
  await expect.poll(() => playground.steps()).toBeGreaterThan(then)
  await page.getByRole('button', { name: 'Pause training' }).click()
  await playground.expectReady()
  await expect(notice).toBeHidden()
})

test('pauses, makes a single step, and starts again from nothing', async ({ playground }) => {
  await playground.open(SHORT_RUN)
  await playground.train.click()
  await expect.poll(() => playground.steps()).toBeGreaterThan(1)
  await playground.pause.click()
  await playground.expectReady()

  const paused = await playground.steps()
  await playground.step.click()
  await playground.expectPausedAt(paused + 1) // so no step was made while it was paused

  await playground.reset.click()
  await playground.expectPausedAt(0)
  await expect(playground.figure('Loss')).toContainText('Press Train')
})

test('asks before a setting that shapes the model throws a run away', async ({ playground }) => {
  await playground.open(SHORT_RUN)
  await playground.step.click()
  await playground.expectPausedAt(1)

  await playground.sampleSet('Colour emoji').check()
  await expect(playground.page.getByText('These settings need a new run')).toBeVisible()
  await playground.expectPausedAt(1)
  await playground.page.getByRole('button', { name: 'Start a new run' }).click()
  await playground.expectPausedAt(0)
})
