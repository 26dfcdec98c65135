import type { Dataset } from '../modalities/modality.ts'
import { Random } from '../ops/random.ts'
import type { Task } from '../probes/probe.ts'
import { taskOf, type Limits } from '../probes/task.ts'

/** Which samples are looked at together, and what is to be told of them. */
export interface Survey {
  /** `[N]`: their numbers in the data set, those that are held out last. */
  readonly samples: readonly number[]
  /** Undefined where samples have no classes, or too few to tell. */
  readonly task: Task | undefined
}

/** With fewer samples to test on, an accuracy would be chance. */
const FEWEST_TESTED = 5

/** Draws the samples of a survey: always the same for the same data set and limits. */
export function drawSurvey({ size, classes }: Dataset, limits: Limits): Survey {
  if (classes === undefined) return { samples: drawn(size, limits.learnt), task: undefined }
  const { samples, task } = taskOf(classes, limits)
  const known = new Set(task.train.map((row) => task.classOf[row]))
  const canBeTold = known.size > 1 && task.validation.length > 0 && task.test.length >= FEWEST_TESTED
  return { samples, task: canBeTold ? task : undefined }
}

function drawn(count: number, most: number): number[] {
  const all = Uint32Array.from({ length: count }, (_, sample) => sample)
  Random.stream(0, 'survey').shuffle(all)
  return [...all.subarray(0, most)]
}
