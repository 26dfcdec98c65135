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

/** Examples that are asked at most: those that are nearest. */
const MOST_NEIGHBOURS = 5

/** The weight of a neighbour is exp(cosine / this), as is usual for k-NN on features that were learnt without labels. */
const TEMPERATURE = 0.07

/** What is looked for, and where: numbers of rows. */
export interface Sought {
  /** Rows that show the thing. */
  readonly examples: readonly number[]
  /** Rows that are taken for something else; examples among them are not. */
  readonly others: readonly number[]
  /** Rows to look for it in. */
  readonly asked: readonly number[]
}

/**
 * Finds more of what a few examples show, by nearest neighbours: nothing is trained. A row's confidence is its weight
 * with the nearest examples beside its weight with them and with all others together. Each side counts by its mean,
 * because a few examples stand against thousands of others.
 * @param features `[N, F]`
 * @returns the asked rows but for the examples, the surest first
 */
export function findAlike(features: Features, { examples, others, asked }: Sought): Match[] {
  const isExample = new Set(examples)
  const background = others.filter((row) => !isExample.has(row))
  const unit = unitRows(standardise(features, scaleOf(rowsOf(features, [...examples, ...background]))))
  const exampleRows = rowsOf(unit, examples)
  const matches = asked
    .filter((row) => !isExample.has(row))
    .map((row) => {
      const neighbours = nearest(exampleRows, unit, row, MOST_NEIGHBOURS)
      const toExamples = neighbours.map(({ similarity }) => similarity)
      const weight = mean(toExamples.map(weightOf))
      const opposed = mean(
        background.flatMap((other) => (other === row ? [] : weightOf(cosine(unit, row, other)))),
      )
      return { row, confidence: weight / (weight + opposed), similarity: mean(toExamples) }
    })
  return matches.sort((a, b) => b.confidence - a.confidence || b.similarity - a.similarity)
}

function weightOf(similarity: number): number {
  return Math.exp(similarity / TEMPERATURE)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length
}
