/** Begins as the time of a few batches, which show what a survey will take. */
const FIRST_COST_MS = 100

/** How much of the time surveys may take away from training, in milliseconds. */
export class SurveyBudget {
  private trained = 0
  private spent = 0
  /** What the next survey will take. */
  cost = FIRST_COST_MS
  /** Nothing is trained: what a survey takes is taken from nothing. */
  isFree = true

  train(ms: number): void {
    this.trained += ms
  }

  /** Does some work, and counts its time. */
  async spendOn<Result>(work: () => Promise<Result>): Promise<Result> {
    const begun = performance.now()
    try {
      return await work()
    } finally {
      if (!this.isFree) this.spend(performance.now() - begun)
    }
  }

  spend(ms: number): void {
    this.spent += ms
  }

  /** Share of the time that surveys have taken. */
  get share(): number {
    return this.spent / Math.max(1, this.spent + this.trained)
  }

  /** Whether all surveys, the next included, stay within a share of the time. */
  allows(share: number): boolean {
    const spent = this.spent + this.cost
    return spent <= share * (spent + this.trained)
  }
}
