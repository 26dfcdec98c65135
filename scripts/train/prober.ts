import type { Probing } from '../../src/config/probing.ts'
import { FIELDS } from '../../src/config/schema.ts'
import type { Learner } from '../../src/data2vec/learner.ts'
import type { Run } from '../../src/engine/run.ts'
import type { Surveyor } from '../../src/engine/surveyor.ts'
import type { Features } from '../../src/probes/features.ts'
import { probeLinear, probeLogistic, probeNearest, type Task } from '../../src/probes/probe.ts'

export interface Accuracies {
  readonly knn: number
  readonly linear: number
}

/** One way to look at what was learnt, beside the same at the random start. */
export interface Compared {
  readonly network: Probing['probeNetwork']
  readonly pooling: Probing['probePooling']
  readonly learnt: Accuracies
  readonly random: Accuracies
}

/** All samples: nobody waits for a page. */
const NO_LIMITS = { learnt: Infinity, tested: Infinity }

const NETWORKS = FIELDS.probeNetwork.options.map(({ value }) => value)
const POOLINGS = FIELDS.probePooling.options.map(({ value }) => value)

/** Tells classes of a run's samples from what its networks make of them. */
export class Prober {
  private readonly task: Task
  private readonly surveyor: Surveyor
  private readonly rawInput: Features

  /** @throws an Error if nobody knows what the samples are */
  constructor(run: Run) {
    const { samples, task } = run.survey(NO_LIMITS)
    if (task === undefined) throw new Error('The samples have no classes to tell.')
    this.task = task
    this.surveyor = run.surveyor(samples)
    this.rawInput = this.surveyor.raw()
  }

  async learnt(learner: Learner, probing: Probing): Promise<Accuracies> {
    return this.accuraciesOf(await this.encode(learner, probing), probing)
  }

  raw(probing: Probing): Accuracies {
    return this.accuraciesOf([this.rawInput], probing)
  }

  /** Both networks in every pooling. */
  async compare(learner: Learner, start: Learner, probing: Probing): Promise<Compared[]> {
    const compared: Compared[] = []
    const random = await this.inEachPooling(start, probing, 'teacher') // which is the student, too
    for (const network of NETWORKS) {
      const learnt = await this.inEachPooling(learner, probing, network)
      compared.push(
        ...POOLINGS.map((pooling, i) => ({ network, pooling, learnt: learnt[i], random: random[i] })),
      )
    }
    return compared
  }

  /** Accuracies of logistic regression. */
  async logistic(learner: Learner, start: Learner, probing: Probing) {
    const accuracyOf = (layers: readonly Features[]) => probeLogistic(layers, this.task).accuracy
    return {
      learnt: accuracyOf(await this.encode(learner, probing)),
      random: accuracyOf(await this.encode(start, probing)),
      raw: accuracyOf([this.rawInput]),
    }
  }

  private async inEachPooling(learner: Learner, probing: Probing, probeNetwork: Probing['probeNetwork']) {
    const each = await this.surveyor.encodeInEach(POOLINGS, learner, { ...probing, probeNetwork })
    return (each ?? []).map((layers) => this.accuraciesOf(layers, probing))
  }

  private async encode(learner: Learner, probing: Probing): Promise<readonly Features[]> {
    return (await this.surveyor.encode(learner, probing)) ?? []
  }

  private accuraciesOf(layers: readonly Features[], { probeNeighbours }: Probing): Accuracies {
    return {
      knn: probeNearest(layers, this.task, probeNeighbours).accuracy,
      linear: probeLinear(layers, this.task).accuracy,
    }
  }
}
