import type { Config } from './schema.ts'

/** How probes look at what has been learnt. */
export type Probing = Pick<Config, (typeof PROBING)[number]>

/** Each changes what accuracies mean. */
export const PROBING = [
  'probeNetwork',
  'probeLayer',
  'probePooling',
  'probeStyles',
  'probeNeighbours',
] as const

/** The settings of probes alone. */
export function probingOf(config: Probing): Probing {
  const { probeNetwork, probeLayer, probePooling, probeStyles, probeNeighbours } = config
  return { probeNetwork, probeLayer, probePooling, probeStyles, probeNeighbours }
}

/** Whether what was measured in one way can be compared with what was measured in the other. */
export function isSameProbing(one: Probing, other: Probing): boolean {
  return PROBING.every((name) => one[name] === other[name])
}
