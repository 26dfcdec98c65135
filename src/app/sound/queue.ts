interface Waiting {
  readonly urgent: boolean
  readonly begin: () => void
}

/** Does one piece of work at a time: what is urgent first, and otherwise in the order in which it came. */
export class Queue {
  private readonly waiting: Waiting[] = []
  private working = false

  /** Resolves when the work is done. @throws what the work throws; the next is begun all the same */
  async add(work: () => Promise<void>, urgent: boolean): Promise<void> {
    if (this.working) await this.turn(urgent)
    this.working = true
    try {
      await work()
    } finally {
      const next = this.next()
      if (next === undefined) this.working = false
      else next.begin()
    }
  }

  private turn(urgent: boolean): Promise<void> {
    return new Promise((begin) => this.waiting.push({ urgent, begin }))
  }

  private next(): Waiting | undefined {
    const at = Math.max(
      0,
      this.waiting.findIndex(({ urgent }) => urgent),
    )
    return this.waiting.splice(at, 1).at(0)
  }
}
