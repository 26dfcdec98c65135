/**
 * What steps take the device. Steps may overlap: each counts from when it was begun, or the device was done with the one
 * before it, until the device is done with it. What is done between steps does not count.
 */
export class StepClock {
  private doneAt = -Infinity
  private taken: Promise<number>[] = []

  /**
   * Notes one step.
   * @param begun when it was begun, as of `performance.now()`
   * @param done resolves when the device is done with it
   */
  add(begun: number, done: Promise<void>): void {
    const took = done.then(() => {
      const before = Math.max(begun, this.doneAt)
      this.doneAt = performance.now()
      return this.doneAt - before
    })
    took.catch(() => undefined) // whoever waits for the step says so
    this.taken.push(took)
  }

  /** Milliseconds of all steps so far that no earlier call has counted, once the device is done with them. */
  async take(): Promise<number> {
    const { taken } = this
    this.taken = []
    const times = await Promise.all(taken)
    return times.reduce((sum, time) => sum + time, 0)
  }
}
