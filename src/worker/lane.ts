/** Lets so many pieces of work go on at a time; the others wait, and begin in the order in which they came. */
export class Lane {
  private free: number
  private readonly waiting: (() => void)[] = []

  constructor(atATime: number) {
    this.free = atATime
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free -= 1
    else await new Promise<void>((begin) => this.waiting.push(begin))
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      if (next === undefined) this.free += 1
      else next()
    }
  }
}
