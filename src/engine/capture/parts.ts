/** Above this a step is split: drivers kill a page whose GPU work takes some seconds. */
const LONGEST_SUBMIT_MS = 500

/** What the parts of a split step aim at. */
const PART_MS = 200

/** Instructions in each of the pieces in which steps are timed. */
const PIECE = 16

/** The first step also waits for drivers that finish compiling only when a shader is run. */
const TIMED_STEPS = 2

/**
 * Where a program is cut into submits. The first steps run in small pieces until two of them have been timed; then they
 * are put together again: all of them, or as many as take the GPU a moment.
 */
export class Parts {
  /** The end of each part. */
  ends: readonly number[]
  private readonly pieces: readonly number[]
  /** Milliseconds of each piece, for each step that was timed. */
  private readonly timed: number[][] = []
  /** Of the step that is being timed: when what was before it was done, and then each of its pieces. */
  private stamps: number[] | undefined
  /** Pieces of that step that have not been submitted. */
  private missing = 0

  constructor(instructions: number) {
    const count = Math.max(1, Math.ceil(instructions / PIECE))
    this.pieces = Array.from({ length: count }, (_, i) => Math.min((i + 1) * PIECE, instructions))
    this.ends = this.pieces
  }

  /** Tells that a step is going to be submitted. */
  begin(queue: GPUQueue): void {
    if (this.stamps !== undefined || this.timed.length === TIMED_STEPS) return
    this.stamps = []
    this.missing = this.pieces.length
    this.stampWhenDone(queue)
  }

  /** Tells that its next part has been submitted. */
  submitted(queue: GPUQueue): void {
    if (this.missing === 0) return
    this.missing -= 1
    this.stampWhenDone(queue)
  }

  private stampWhenDone(queue: GPUQueue): void {
    queue.onSubmittedWorkDone().then(
      () => this.stamp(performance.now()),
      () => undefined, // the device is lost, which its owner hears
    )
  }

  private stamp(now: number): void {
    const { stamps, timed, pieces } = this
    if (stamps === undefined) return
    stamps.push(now)
    if (stamps.length <= pieces.length) return
    timed.push(pieces.map((_, i) => stamps[i + 1] - stamps[i]))
    this.stamps = undefined
    if (timed.length === TIMED_STEPS) this.ends = joined(pieces, timed)
  }
}

/** The ends of the parts, of pieces that took some milliseconds each in some steps. */
export function joined(pieces: readonly number[], timed: readonly (readonly number[])[]): number[] {
  const total = Math.min(...timed.map((times) => times.reduce((sum, time) => sum + time, 0)))
  if (total <= LONGEST_SUBMIT_MS) return pieces.slice(-1)
  const costs = pieces.map((end, i) => {
    // Browsers may tell of many pieces at once, and all but the first then seem to have taken no time.
    const share = (end - (pieces[i - 1] ?? 0)) / pieces[pieces.length - 1]
    return Math.max(share * total, Math.min(...timed.map((times) => times[i])))
  })
  return pieces.filter(cutsAfter(costs))
}

/** Whether a part ends with a piece: the next would make it too long. */
function cutsAfter(costs: readonly number[]): (end: number, i: number) => boolean {
  let spent = 0
  return (_, i) => {
    spent += costs[i]
    const next = costs.at(i + 1)
    if (next !== undefined && spent + next <= PART_MS) return false
    spent = 0
    return true
  }
}
