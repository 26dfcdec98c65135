/** What Pause may wait for: steps overlap as long as all of them together take no longer. */
const IN_FLIGHT_MS = 50

/** More steps on the device at a time gain nothing. */
const MOST_IN_FLIGHT = 4

/** Lets the CPU prepare steps while the device is busy with those before, but only as many as Pause may wait for. */
export class StepsInFlight {
  /** The oldest first. */
  private steps: Promise<void>[] = []
  /** How many may go on while the next is prepared. */
  private mayOverlap = 0

  /** @param done resolves when the device is done with the step */
  add(done: Promise<void>): void {
    this.steps.push(done)
  }

  /**
   * Waits until the next step may be prepared.
   * @param begun when the preparing of the latest began, in milliseconds of `performance.now()`
   */
  async catchUp(begun: number): Promise<void> {
    while (this.steps.length > this.mayOverlap) await this.steps.shift()
    const took = performance.now() - begun
    this.mayOverlap = Math.min(MOST_IN_FLIGHT, Math.floor(IN_FLIGHT_MS / took))
  }

  /** Resolves when the device is done with all steps. */
  async settled(): Promise<void> {
    await Promise.all(this.steps)
    this.steps = []
  }
}
