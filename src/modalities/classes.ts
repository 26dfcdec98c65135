import { Random } from '../ops/random.ts'

/** What the samples of a set are, as people have sorted them. Training never sees it, only probes do. */
export interface Classes {
  readonly names: readonly string[]
  /** The class of each sample; `UNKNOWN` where nobody has said it. */
  readonly of: readonly number[]
  /** What each sample shows or says: an emoji drawn in several styles is one subject, and so is a speech. */
  readonly subjectOf: readonly number[]
  /** Samples that overlap are of one piece; left out where none do. */
  readonly pieceOf?: readonly number[]
  /** How each is drawn, where they are drawn in several styles. */
  readonly styleOf?: readonly number[]
  /** So many samples, the last of the set, are held out: none is trained on, nor any other of its subject. */
  readonly heldOut: number
}

/** The class of a sample of which nobody has said what it is. */
export const UNKNOWN = -1

/** What a set says of one of its samples. */
export interface Classified {
  readonly class: number
  readonly subject: number
}

/** Share of the subjects that is held out where a set does not say it. */
const HELD_OUT = 0.2

/** What is held out: all samples of some subjects; or some samples, which is easier, for others of their subject are known. */
export type HeldOut = 'subjects' | 'samples'

/**
 * The samples of a set with those that are held out, always the same, at the end.
 * @param what with `samples`, each counts as a subject of its own
 */
export function holdOut<Sample extends Classified>(
  samples: readonly Sample[],
  what: HeldOut = 'subjects',
): { readonly samples: readonly Sample[]; readonly heldOut: number } {
  const all = what === 'subjects' ? samples : samples.map((each, subject) => ({ ...each, subject }))
  const subjects = Uint32Array.from(new Set(all.map(({ subject }) => subject)))
  Random.stream(0, 'held out').shuffle(subjects)
  const chosen = new Set(subjects.subarray(0, Math.round(HELD_OUT * subjects.length)))
  const held = all.filter(({ subject }) => chosen.has(subject))
  const rest = all.filter(({ subject }) => !chosen.has(subject))
  return { samples: [...rest, ...held], heldOut: held.length }
}

/**
 * The classes of a set that others, of which nothing is known, come after: they are held out, too.
 * @param count samples of the set, held out or not
 */
export function withOthers(classes: Classes | undefined, count: number, others: number): Classes {
  const known = classes ?? nothingKnown(count)
  return {
    names: known.names,
    of: [...known.of, ...Array<number>(others).fill(UNKNOWN)],
    subjectOf: Array.from({ length: count + others }, (_, i) => (i < count ? known.subjectOf[i] : -1 - i)),
    heldOut: known.heldOut + others,
  }
}

/** Of samples that nobody has sorted, none of which is held out. */
export function nothingKnown(count: number): Classes {
  const samples = Array.from({ length: count }, (_, sample) => sample)
  return { names: [], of: samples.map(() => UNKNOWN), subjectOf: samples, heldOut: 0 }
}

export function classesOf(
  names: readonly string[],
  samples: readonly Classified[],
  heldOut: number,
): Classes {
  return {
    names,
    of: samples.map((sample) => sample.class),
    subjectOf: samples.map(({ subject }) => subject),
    heldOut,
  }
}

/**
 * The classes of a person's files: each label is one.
 * @param labels of each file, empty where it has none
 * @returns undefined if no file has a label
 */
export function classesOfLabels(labels: readonly string[]): Classes | undefined {
  const names = [...new Set(labels)].filter((label) => label !== '').sort(byName)
  if (names.length === 0) return undefined
  const classOf = new Map(names.map((name, i) => [name, i]))
  return {
    names,
    of: labels.map((label) => classOf.get(label) ?? UNKNOWN),
    subjectOf: labels.map((_, file) => file),
    heldOut: 0,
  }
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/**
 * What is known of files, of the samples that are cut from them.
 * @param fileOf of each sample, the files in their order
 */
export function classesOfParts(
  { names, of, subjectOf, heldOut }: Classes,
  fileOf: readonly number[],
): Classes {
  const firstHeldOut = of.length - heldOut
  return {
    names,
    of: fileOf.map((file) => of[file]),
    subjectOf: fileOf.map((file) => subjectOf[file]),
    heldOut: fileOf.filter((file) => file >= firstHeldOut).length,
  }
}
