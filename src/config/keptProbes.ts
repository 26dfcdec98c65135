/** Shares of samples that were told right after a step, by neighbours and by a linear classifier. */
export interface ProbeRow {
  readonly step: number
  readonly knn: number
  readonly linear: number
}

/** What was measured of a run in one way, the oldest first. */
export interface KeptProbes {
  /** What has to be the same so that accuracies can be compared. */
  readonly way: string
  readonly rows: readonly ProbeRow[]
}

export const NO_PROBES: KeptProbes = { way: '', rows: [] }
