import type { Config } from '../config/schema.ts'
import { Random } from '../ops/random.ts'
import type { Task } from './probe.ts'

/** Samples of which the class is known, those that are held out last. */
export interface Labelled {
  /** What the classes are called. */
  readonly names: readonly string[]
  /** The class of each sample; negative where it is not known, and then nothing is learnt or told of it. */
  readonly of: readonly number[]
  /** What each sample shows: samples that show the same stay in one part. */
  readonly subjectOf: readonly number[]
  /** Samples that overlap are of one piece and stay in one part, too; left out where none do. */
  readonly pieceOf?: readonly number[]
  /** How each is drawn, where they are drawn in several styles. */
  readonly styleOf?: readonly number[]
  readonly heldOut: number
}

/** How many samples are used at most. */
export interface Limits {
  readonly learnt: number
  readonly tested: number
}

/** Share of the subjects that are tested on, where none is held out from training. */
const TEST = 0.2

/** In how many parts the subjects that are learnt from are dealt, to choose by one what was learnt from the others. */
const FOLDS = 5

/** With fewer samples than these, a part is too few to choose by: each has its turn. */
const FEW_SAMPLES = 1000

/** With fewer subjects of a class than these, some part would often have none of it. */
const FEWEST_SUBJECTS = 5

/**
 * Which samples to learn from, choose by and test on; always the same for the same samples and limits. Where none is
 * held out, a part of the subjects is tested on all the same: a network has seen them, but never what they are. The
 * subjects of a class that has very few, such as one text, are parted, too.
 * @param styles whether all that are tested on are drawn in another style than those that are learnt from
 * @returns the samples, and the task in which they are rows, in that order
 */
export function taskOf(
  labelled: Labelled,
  limits: Limits,
  styles: Config['probeStyles'] = 'all',
): { readonly samples: readonly number[]; readonly task: Task } {
  const { names, of, heldOut } = labelled
  const random = Random.stream(0, 'probe')
  const drawn = (first: number, count: number, most: number) =>
    [...random.order(count).subarray(0, most)].map((i) => first + i)
  const seen = of.length - heldOut
  const samples = [...drawn(0, seen, limits.learnt), ...drawn(seen, heldOut, limits.tested)]
  const isKnown = (sample: number) => of[sample] >= 0
  const subjectOf = heldOut === 0 ? partedSubjects(labelled) : (sample: number) => labelled.subjectOf[sample]
  const known = samples.filter((sample) => sample < seen && isKnown(sample))
  const subjects = new Set(known.map(subjectOf))
  const byClass = names.map((_, one) => new Set(known.filter((sample) => of[sample] === one).map(subjectOf)))
  const isChosen = heldOut === 0 ? choose(byClass, TEST, random) : () => false
  const isTested = (sample: number) => sample >= seen || isChosen(subjectOf(sample))
  const foldOf = deal(new Set([...subjects].filter((subject) => !isChosen(subject))), random)
  const styleOf = styles === 'other' ? labelled.styleOf : undefined
  const mayLearn = (sample: number) => (styleOf?.[sample] ?? 0) === 0
  const mayTest = (sample: number) => styleOf?.[sample] !== 0
  const rows = (wanted: (sample: number) => boolean) =>
    samples.flatMap((sample, row) => (isKnown(sample) && wanted(sample) ? [row] : []))
  const train = rows((sample) => mayLearn(sample) && !isTested(sample))
  const isIn = (fold: number, sample: number) => foldOf(subjectOf(sample)) === fold
  const folds = Array.from({ length: train.length < FEW_SAMPLES ? FOLDS : 1 }, (_, fold) => ({
    known: train.filter((row) => !isIn(fold, samples[row])),
    asked: rows((sample) => mayTest(sample) && !isTested(sample) && isIn(fold, sample)),
  }))
  return {
    samples,
    task: {
      classes: names.length,
      classOf: Uint16Array.from(samples, (sample) => Math.max(0, of[sample])),
      train,
      folds: folds.filter(({ known, asked }) => known.length > 0 && asked.length > 0),
      test: rows((sample) => mayTest(sample) && isTested(sample)),
    },
  }
}

/** What stays in one part: a subject or, in a class that has very few of them, a sample and those that it overlaps. */
function partedSubjects(labelled: Labelled): (sample: number) => number {
  const { of, subjectOf, pieceOf } = labelled
  const isParted = classesOfFew(labelled)
  const afterSubjects = 1 + subjectOf.reduce((most, subject) => Math.max(most, subject), 0)
  return (sample) =>
    isParted[of[sample]] ? afterSubjects + (pieceOf?.[sample] ?? sample) : subjectOf[sample]
}

/** Of each class, whether it is of very few subjects. */
function classesOfFew({ names, of, subjectOf }: Labelled): boolean[] {
  const subjects = names.map(() => new Set<number>())
  of.forEach((one, sample) => {
    if (one >= 0) subjects[one].add(subjectOf[sample])
  })
  return subjects.map(({ size }) => size < FEWEST_SUBJECTS)
}

/** Draws a share of the subjects of each class. */
function choose(
  byClass: readonly ReadonlySet<number>[],
  share: number,
  random: Random,
): (subject: number) => boolean {
  const chosen = new Set<number>()
  for (const subjects of byClass) {
    const order = Uint32Array.from(subjects)
    random.shuffle(order)
    for (const subject of order.subarray(0, Math.round(share * order.length))) chosen.add(subject)
  }
  return (subject) => chosen.has(subject)
}

/** Deals subjects into parts of about one size. */
function deal(subjects: ReadonlySet<number>, random: Random): (subject: number) => number | undefined {
  const order = Uint32Array.from(subjects)
  random.shuffle(order)
  const share = order.length / FOLDS
  const foldOf = new Map<number, number>()
  for (let fold = 0; fold < FOLDS; fold++)
    for (const subject of order.subarray(Math.round(fold * share), Math.round((fold + 1) * share)))
      foldOf.set(subject, fold)
  return (subject) => foldOf.get(subject)
}
