import { rowsOf, scaleOf, standardise, type Features } from './features.ts'
import { cosine, nearest, unitRows } from './nearest.ts'

/** How sure it is that a row shows what the examples show. */
export interface Match {
  readonly row: number
  /** From 0 to 1. */
  readonly confidence: number
  /** The mean cosine to the nearest examples. */
  readonly similarity: number
}

/** What was found, the surest first, without the examples and the counterexamples. */
export interface Matches {
  readonly gathered: readonly Match[]
  /** Of the set only the likeliest are judged. */
  readonly set: readonly Match[]
}

/** Examples that are asked at most: those that are nearest. */
const MOST_NEIGHBOURS = 5

/**
 * The share of the others that speaks against a row: those most like it. All of them together hardly speak against
 * anything. With each class of Fashion-MNIST in turn as the new thing, three examples and the network of Tiny after 200
 * steps, 18 % of what is something else was taken for it when all spoke, and 5 % when a fifth did; of the thing
 * itself 66 and 41 % were found. Fewer than a tenth leave nothing to be sure of.
 */
const OPPOSED = 0.2

/** The weight of a neighbour is exp(cosine / this), as is usual for k-NN on features that were learnt without labels. */
const TEMPERATURE = 0.07

/** Rows of a set that are judged at most, those most like the examples: to judge one takes a look at all of the set. */
const MOST_OF_SET = 200

/** What a person shows of a thing: numbers of samples, or of their rows. */
export interface Lesson {
  /** They show the thing. */
  readonly examples: readonly number[]
  /** They show something else, however alike they may be. */
  readonly counterexamples: readonly number[]
}

/** What is looked for, and where: numbers of rows. */
export interface Sought extends Lesson {
  /** Rows of the sample set, which are taken for something else; examples among them are not. */
  readonly set: readonly number[]
  /** Rows to look through that are not of the set. */
  readonly gathered: readonly number[]
}

/**
 * Finds more of what a few examples show, by nearest neighbours: nothing is trained. A row's confidence is its weight
 * with the nearest examples beside its weight with them and with what speaks against it together: the others that are most
 * like it or, where those weigh more, the nearest counterexamples. Each side counts by its mean, because a few examples
 * stand against thousands of others.
 * @param features `[N, F]`
 */
export function findAlike(features: Features, { examples, counterexamples, set, gathered }: Sought): Matches {
  const others = set.filter(without(examples))
  const known = [...examples, ...counterexamples, ...others]
  const unit = unitRows(standardise(features, scaleOf(rowsOf(features, known))))
  const besides = (rows: readonly number[]) => {
    const some = rowsOf(unit, rows)
    return (row: number): Compared => {
      const likeness = nearest(some, unit, row, MOST_NEIGHBOURS).map(({ similarity }) => similarity)
      return { row, similarity: mean(likeness), weight: mean(likeness.map(weightOf)) }
    }
  }
  const [besideExamples, besideCounterexamples] = [besides(examples), besides(counterexamples)]
  const judge = ({ row, similarity, weight }: Compared): Match => {
    const opposed = Math.max(opposingWeight(unit, row, others), besideCounterexamples(row).weight)
    return { row, similarity, confidence: weight / (weight + opposed) }
  }
  const isSought = without([...examples, ...counterexamples])
  const likeliest = others
    .filter(isSought)
    .map(besideExamples)
    .sort((a, b) => b.similarity - a.similarity)
  return {
    gathered: gathered.filter(isSought).map(besideExamples).map(judge).sort(bySurety),
    set: likeliest.slice(0, MOST_OF_SET).map(judge).sort(bySurety),
  }
}

/** A row beside some others. */
interface Compared {
  readonly row: number
  readonly similarity: number
  readonly weight: number
}

function without(rows: readonly number[]): (row: number) => boolean {
  const all = new Set(rows)
  return (row) => !all.has(row)
}

/** Of a row with those of some others that are most like it, itself left out. */
function opposingWeight(unit: Features, row: number, others: readonly number[]): number {
  const likeness = Float64Array.from(
    others.filter((other) => other !== row),
    (other) => cosine(unit, row, other),
  ).sort()
  const most = Math.ceil(OPPOSED * likeness.length)
  return mean(Array.from(likeness.subarray(likeness.length - most), weightOf))
}

function bySurety(a: Match, b: Match): number {
  return b.confidence - a.confidence || b.similarity - a.similarity
}

function weightOf(similarity: number): number {
  return Math.exp(similarity / TEMPERATURE)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length
}
