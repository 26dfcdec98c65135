/** Above this a step is split: drivers kill a page whose GPU work takes some seconds. */
const LONGEST_SUBMIT_MS = 500

/** What the parts of a split step aim at. */
const PART_MS = 200

/** Instructions in each of the pieces in which the first steps are timed. */
const PIECE = 16

/**
 * Where a program is cut into submits. The first steps run in small pieces, which are timed; then they are put together
 * again: all of them, or as many as take the GPU a moment.
 */
export class Parts {
  /** The end of each part. */
  ends: readonly number[]
  private readonly pieces: readonly number[]
  /** When each piece of the first step was done; undefined once that is known. */
  private finished: number[] | undefined = []
  private begun = 0
  private submits = 0

  constructor(instructions: number) {
    const count = Math.max(1, Math.ceil(instructions / PIECE))
    this.pieces = Array.from({ length: count }, (_, i) => Math.min((i + 1) * PIECE, instructions))
    this.ends = this.pieces
  }

  /** Tells that the next part has been submitted. */
  submitted(queue: GPUQueue): void {
    if (this.finished === undefined || this.submits >= this.pieces.length) return
    if (this.submits === 0) this.begun = performance.now()
    this.submits += 1
    void queue.onSubmittedWorkDone().then(() => this.finish(performance.now()))
  }

  private finish(now: number): void {
    if (this.finished === undefined) return
    this.finished.push(now)
    if (this.finished.length < this.pieces.length) return
    this.ends = joined(this.pieces, durations(this.begun, this.finished))
    this.finished = undefined
  }
}

function durations(begun: number, finished: readonly number[]): number[] {
  return finished.map((time, i) => time - (i === 0 ? begun : finished[i - 1]))
}

/** The ends of the parts, of pieces that take some milliseconds each. */
export function joined(pieces: readonly number[], times: readonly number[]): number[] {
  const total = times.reduce((sum, time) => sum + time, 0)
  const limit = total > LONGEST_SUBMIT_MS ? PART_MS : LONGEST_SUBMIT_MS
  const ends: number[] = []
  let spent = 0
  pieces.forEach((end, i) => {
    spent += times[i]
    const next = times.at(i + 1)
    if (next === undefined || spent + next > limit) {
      ends.push(end)
      spent = 0
    }
  })
  return ends
}
