import type { Page } from '@playwright/test'

/** Notes how long the main thread was kept at a time. Call before the page is opened. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tasks: number[] = []
    Object.assign(globalThis, { longTasks: tasks })
    const note = (list: PerformanceObserverEntryList) =>
      tasks.push(...list.getEntries().map((e) => e.duration))
    new PerformanceObserver(note).observe({ type: 'longtask' })
  })
}

/** Durations in ms of the tasks above 50 ms since the last call. */
export async function takeLongTasks(page: Page): Promise<number[]> {
  return page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks.splice(0))
}
