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

/** How a network of so many blocks is looked at as another is: at its last block where it has fewer. */
export function probingFor({ depth }: Pick<Config, 'depth'>, other: Probing): Probing {
  const { probeNetwork, probeLayer, probePooling, probeStyles, probeNeighbours } = other
  return { probeNetwork, probeLayer: Math.min(probeLayer, depth), probePooling, probeStyles, probeNeighbours }
}

/** Whether what was measured in one way can be compared with what was measured in the other. */
export function isSameProbing(one: Probing, other: Probing): boolean {
  return PROBING.every((name) => one[name] === other[name])
}
