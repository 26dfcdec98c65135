import type { ModalityName } from '../../config/modalities.ts'
import { optionsOf } from '../../config/relevance.ts'
import type { Config } from '../../config/schema.ts'
import { formatDecay } from '../components/format.ts'

/** Both ways of failing: one answer for everything, or one for each place. */
export type Failing = 'constant' | 'byPlace'

/** Settings under which such a run was seen to recover. */
export interface Rescue {
  /** What changes, as the end of “Start anew with …”. */
  readonly title: string
  /** A sentence. */
  readonly why: string
  readonly settings: Partial<Config>
}

/** Below this the teacher follows fast: half of it is replaced within 69 steps. */
const FAST = 0.99

/** As quiet as the tokens' own numbers at the start. */
const QUIET_POSITIONS = 0.1

/**
 * What of a run's settings is known to lead there, each as a part of a sentence. No one of them does it alone: without
 * any norm, or with τ = 0, a network of pre-LN blocks with block outputs as targets still learns.
 */
export function causesOf(failing: Failing, config: Config): string[] {
  const { targetNorm, targetSource, normPlacement, tau, positions } = config
  const isAdded = positions !== 'relative' && positions !== 'conv'
  const causes: Readonly<Record<Failing, readonly (readonly [boolean, string])[]>> = {
    constant: [
      [targetNorm !== 'instance', 'targets that are not normalised over tokens'],
      [targetSource === 'ffn', 'feed-forward outputs as targets'],
      [normPlacement === 'post', 'norms after each layer'],
      [tau < FAST, `a teacher that follows fast (τ ${formatDecay(tau)})`],
    ],
    byPlace: [
      [isAdded, 'positions that are added to every token'],
      [targetSource === 'ffn', 'feed-forward outputs as targets'],
    ],
  }
  return causes[failing].flatMap(([holds, cause]) => (holds ? [cause] : []))
}

/**
 * What to turn, the surest first; nothing that is so already. Measured on small models (width 32, two blocks, batches of
 * 8, 200 to 240 steps). The preset Collapse ends at a spread of 0.005, with instance norm at 0.79, block outputs 0.78,
 * τ from 0.99 to 0.999 0.38, pre-LN 0.38; a final layer norm or a quarter of the learning rate does not help. Text with sines as
 * positions, post-LN, feed-forward targets and instance norm ends at a spread of 0.03 at one place, with positions by
 * convolution at 0.80, quiet sines 0.40, block outputs 0.27; there pre-LN does not help. Convolutions without instance
 * norm end in one answer for everything.
 */
export function rescues(failing: Failing, modality: ModalityName, config: Config): Rescue[] {
  const candidates = failing === 'constant' ? CONSTANT : BY_PLACE
  return candidates.filter(({ fits }) => fits(config, modality)).map(({ rescue }) => rescue(config))
}

interface Candidate {
  readonly fits: (config: Config, modality: ModalityName) => boolean
  readonly rescue: (config: Config) => Rescue
}

const BLOCK_OUTPUTS: Candidate = {
  fits: ({ targetSource }) => targetSource === 'ffn',
  rescue: () => ({
    title: 'block outputs as targets',
    why: 'Block outputs carry the token itself along, so they differ where tokens do.',
    settings: { targetSource: 'block' },
  }),
}

const CONSTANT: readonly Candidate[] = [
  {
    fits: ({ targetNorm }) => targetNorm !== 'instance',
    rescue: () => ({
      title: 'instance norm',
      why: 'Instance norm over tokens forbids that answer: every channel has to differ between tokens.',
      settings: { targetNorm: 'instance' },
    }),
  },
  BLOCK_OUTPUTS,
  {
    fits: ({ tau }) => tau < FAST,
    rescue: ({ tauEnd }) => ({
      title: 'a slower teacher',
      why: 'A teacher that follows slowly does not join at once in what the student says everywhere.',
      settings: { tau: FAST, tauEnd: Math.max(tauEnd, 0.999) },
    }),
  },
  {
    fits: ({ normPlacement }) => normPlacement === 'post',
    rescue: () => ({
      title: 'norms before each layer',
      why: 'With norms before each layer (pre-LN) a token passes through the blocks unscaled.',
      settings: { normPlacement: 'pre' },
    }),
  },
]

const BY_PLACE: readonly Candidate[] = [
  {
    fits: ({ positions }, modality) =>
      positions !== 'conv' && optionsOf('positions', modality).some(({ value }) => value === 'conv'),
    rescue: () => ({
      title: 'positions by convolution',
      why: 'Convolutions tell where a token lies by its neighbours, so its place alone answers nothing; instance norm keeps the answers apart.',
      settings: { positions: 'conv', targetNorm: 'instance' },
    }),
  },
  {
    fits: ({ positions, positionScale }) =>
      (positions === 'sincos' || positions === 'both') && positionScale > QUIET_POSITIONS,
    rescue: () => ({
      title: 'quieter positions',
      why: 'Positions that are louder than the tokens drown what the sample says; instance norm keeps the answers apart.',
      settings: { positionScale: QUIET_POSITIONS, targetNorm: 'instance' },
    }),
  },
  BLOCK_OUTPUTS,
]
