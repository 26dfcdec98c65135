/** Keeps a run somewhere, as it is after some of its steps. The trainer asks it between steps. */
export interface Keeping {
  /** Notes how long a step took, in milliseconds. */
  trainedFor(ms: number): void
  /** Whether it is time to keep the run. */
  readonly isDue: boolean
  /**
   * Keeps the run as it is now, if that is other than what is kept. Resolves when the next step may be made, and never
   * rejects: whoever keeps says what failed.
   */
  keep(): Promise<void>
  /** Resolves when nothing more is to be written. */
  close(): Promise<void>
}
