/** What the bench measures; field names are those of its JSON. */
export interface Figures {
  readonly dispatches: number
  readonly submits: number
  /** JavaScript of one step, median. */
  readonly host_ms: number
  /** One step, from its start until the GPU is done with it: median, and the distance between quartiles. */
  readonly step_ms: number
  readonly step_ms_spread: number
  /** Timed runs, each of one step or, where steps are short, of several. */
  readonly n: number
  /** There was time for its first steps only, in which most implementations still compile their shaders. */
  readonly cold?: true
  /** The most bytes in buffers, in units of 2²⁰. */
  readonly gpu_mb: number
  readonly samples_per_s: number
  /** Masked samples that the student sees: as many, or with data2vec 2.0 several of each. */
  readonly views_per_s: number
  readonly gflops: number
}

export const SUBJECTS = ['engine', 'tfjs', 'jax'] as const
export type SubjectName = (typeof SUBJECTS)[number]

/** A subject without figures has no form of the case, or was not asked for. */
export type Case = { readonly name: string } & Readonly<Partial<Record<SubjectName, Figures>>>

/** How the time of a step grows: the power of each size in it. */
export const SIZES = ['batch', 'tokens', 'width', 'depth'] as const
export type Growth = Readonly<Record<(typeof SIZES)[number], number>>

export interface Report {
  readonly adapter: string
  /** ISO 8601 */
  readonly date: string
  readonly cases: readonly Case[]
  /** Undefined if it was not asked for, as is what follows. */
  readonly growth?: Growth
  /** How many bytes more this engine has on the GPU after 2,000 steps. */
  readonly memory_growth_bytes?: number
}
