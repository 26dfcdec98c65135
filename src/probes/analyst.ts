import type { Features } from './features.ts'
import { findAlike, type Match, type Sought } from './fewShot.ts'
import { probeLinear, probeNearest, type Score, type Task } from './probe.ts'

/** How well classes of samples that were held out can be told from some features. */
export interface Scores {
  readonly knn: Score
  readonly linear: Score
}

/** The samples that an analyst is asked about. */
export interface Subject {
  /** Undefined where samples have no classes. Its rows are the first of the features. */
  readonly task: Task | undefined
  /** `[N, F]`: what could be told of the samples without having learnt anything. */
  readonly raw: Features
}

/**
 * Says what is in features of a survey's samples, on the CPU. It knows no network: it may work in a thread of its own,
 * beside training.
 */
export class Analyst {
  private subject: Subject | undefined
  /** `[N, F]`: the layer of the latest survey that told classes best; the last, where there is no telling. */
  private learnt: Features | undefined

  /** Begins with other samples. */
  open(subject: Subject): void {
    this.subject = subject
    this.learnt = undefined
  }

  /**
   * How well classes can be told from what was learnt, which is kept for other questions.
   * @param layers `[N, F]` each, of which the best is chosen on the validation samples
   */
  study(layers: readonly Features[], neighbours: number): Scores | undefined {
    const scores = this.score(layers, neighbours)
    this.learnt = layers[scores?.knn.candidate ?? layers.length - 1]
    return scores
  }

  /** How well classes can be told from features that are to be compared with, and are not kept. */
  score(layers: readonly Features[], neighbours: number): Scores | undefined {
    const task = this.subject?.task
    return task && scoresOf(layers, task, neighbours)
  }

  /** Finds more of what a few rows show; undefined while a survey does not have all rows that are asked about. */
  find(sought: Sought): Match[] | undefined {
    const { learnt } = this
    const isKnown = sought.asked.every((row) => row < (learnt?.count ?? 0))
    return learnt && isKnown ? findAlike(learnt, sought) : undefined
  }

  /** The same from the raw input: what a representation has to beat. */
  scoreRaw(neighbours: number): Scores | undefined {
    return this.subject && this.score([this.subject.raw], neighbours)
  }
}

function scoresOf(layers: readonly Features[], task: Task, neighbours: number): Scores {
  return { knn: probeNearest(layers, task, neighbours), linear: probeLinear(layers, task) }
}

/** An analyst in this thread or in another. */
export type RemoteAnalyst = {
  readonly [Name in keyof Analyst]: Analyst[Name] extends (...asked: infer Asked) => infer Answer
    ? (...asked: Asked) => Answer | Promise<Answer>
    : never
}
