/** How probes look at what has been learnt. */
export interface Probing {
  /** Whose features. */
  readonly network: (typeof PROBED_NETWORKS)[number]
  /** The block whose output they are; 0: the best of all, chosen on samples that are neither learnt from nor tested on. */
  readonly layer: number
  readonly pooling: (typeof POOLINGS)[number]
  /** A sample is taken for what most of so many others are that are most like it. */
  readonly neighbours: number
}

export const PROBED_NETWORKS = ['teacher', 'student'] as const

/** How the tokens of a sample become one vector: their mean; mean and spread; the means of quarters or halves. */
export const POOLINGS = ['mean', 'meanStd', 'parts'] as const
