import type { Features } from './features.ts'
import { probeLinear, probeNearest, type Score, type Task } from './probe.ts'

/** How well classes of samples that were held out can be told from some features. */
export interface Scores {
  readonly knn: Score
  readonly linear: Score
}

/** The samples that an analyst is asked about. */
export interface Subject {
  /** Undefined where samples have no classes. */
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

  /** Begins with other samples. */
  open(subject: Subject): void {
    this.subject = subject
  }

  /**
   * How well classes can be told from what was learnt.
   * @param layers `[N, F]` each, of which the best is chosen on the validation samples
   */
  score(layers: readonly Features[], neighbours: number): Scores | undefined {
    const task = this.subject?.task
    return task && scoresOf(layers, task, neighbours)
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
