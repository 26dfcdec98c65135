import { Cartographer, type MapMethod, type Sketch } from './cartographer.ts'
import type { Features } from './features.ts'
import { findAlike, type Matches, type Sought } from './fewShot.ts'
import type { Neighbour } from './nearest.ts'
import { Neighbourhood } from './neighbourhood.ts'
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

/** The samples most like one, by two sorts of features, the most similar first. */
export interface Likeness {
  /** Steps that the network had made. */
  readonly step: number
  readonly learnt: readonly Neighbour[]
  readonly raw: readonly Neighbour[]
}

/** What a network makes of the samples of a survey after so many steps; what was gathered is left out. */
interface Studied {
  readonly step: number
  readonly neighbourhood: Neighbourhood
}

/**
 * Says what is in features of a survey's samples, on the CPU. It knows no network: it may work in a thread of its own,
 * beside training.
 */
export class Analyst {
  private subject: Subject | undefined
  /** `[N, F]`: the layer of the latest survey that told classes best; the last, where there is no telling. */
  private learnt: Features | undefined
  private studied: Studied | undefined
  private rawNeighbourhood: Neighbourhood | undefined
  private cartographer: Cartographer | undefined

  /** Begins with other samples. */
  open(subject: Subject): void {
    this.subject = subject
    this.learnt = undefined
    this.studied = undefined
    this.cartographer = undefined
    this.rawNeighbourhood = new Neighbourhood(subject.raw)
  }

  /**
   * How well classes can be told from what was learnt, which is kept for other questions.
   * @param layers `[N, F]` each, of which the best is chosen in validation
   * @param step steps that the network has made
   */
  study(layers: readonly Features[], neighbours: number, step: number): Scores | undefined {
    const scores = this.score(layers, neighbours)
    this.learnt = layers[scores?.knn.candidate ?? layers.length - 1]
    this.keep(this.learnt, step)
    return scores
  }

  /**
   * Goes on with a map of the survey's samples by what was learnt; undefined before anything was.
   * @param ms about how long to work at it
   */
  draw(method: MapMethod, ms: number): Sketch | undefined {
    return this.cartographer?.draw(method, ms)
  }

  /** The samples of the survey most like one of them; undefined before anything was learnt. */
  likeness(row: number, most: number): Likeness | undefined {
    const { studied, rawNeighbourhood } = this
    if (studied === undefined || rawNeighbourhood === undefined) return undefined
    const { step, neighbourhood } = studied
    return { step, learnt: neighbourhood.of(row, most), raw: rawNeighbourhood.of(row, most) }
  }

  /** How well classes can be told from features that are to be compared with, and are not kept. */
  score(layers: readonly Features[], neighbours: number): Scores | undefined {
    const task = this.subject?.task
    return task && scoresOf(layers, task, neighbours)
  }

  /** Finds more of what a few rows of the latest features show; undefined before anything was learnt. */
  find(sought: Sought): Matches | undefined {
    return this.learnt && findAlike(this.learnt, sought)
  }

  /** The same from the raw input: what a representation has to beat. */
  scoreRaw(neighbours: number): Scores | undefined {
    return this.subject && this.score([this.subject.raw], neighbours)
  }

  private keep(learnt: Features, step: number): void {
    const count = this.subject?.raw.count ?? 0
    const { width, values } = learnt
    const features = { count, width, values: values.subarray(0, count * width) }
    this.studied = { step, neighbourhood: new Neighbourhood(features) }
    if (this.cartographer === undefined) this.cartographer = new Cartographer({ step, features })
    else this.cartographer.follow({ step, features })
  }
}

function scoresOf(layers: readonly Features[], task: Task, neighbours: number): Scores {
  return { knn: probeNearest(layers, task, neighbours), linear: probeLinear(layers, task) }
}

/** An analyst in another thread has failed, or cannot be started: nothing is known of what it was asked. */
export class AnalysisFailed extends Error {}

/** An analyst in this thread or in another. */
export type RemoteAnalyst = {
  readonly [Name in keyof Analyst]: Analyst[Name] extends (...asked: infer Asked) => infer Answer
    ? (...asked: Asked) => Answer | Promise<Answer>
    : never
}
