import type { Config } from '../config/schema.ts'
import { nothingKnown, UNKNOWN } from '../modalities/classes.ts'
import type { Dataset } from '../modalities/modality.ts'
import type { Task } from '../probes/probe.ts'
import { taskOf, type Limits } from '../probes/task.ts'
import type { SurveyEvent } from './reports.ts'
import type { Run } from './run.ts'
import type { Surveyor } from './surveyor.ts'

/** Which samples are looked at together, and what is to be told of them. */
export interface Survey {
  /** `[N]`: their numbers in the data set, those that are held out last. */
  readonly samples: readonly number[]
  /** Undefined where samples have no classes, or too few to tell. */
  readonly task: Task | undefined
}

/** A survey, and what shows its samples to a network. */
export interface Surveyed {
  readonly survey: Survey
  /** Of the survey's samples, and after them what was gathered. */
  readonly surveyor: Surveyor
}

/** Samples of a survey: as many as a map can hold, or fewer where those would take too long. */
const MANY: Limits = { learnt: 4000, tested: 1000 }
const FEWER: Limits = { learnt: 1000, tested: 500 }
const TOO_LONG_MS = 1500

/**
 * Chooses how many samples to survey.
 * @param draw a survey within limits
 * @param msPerSample what the network takes for one of them
 * @returns the survey, and about how many milliseconds it takes
 */
export function chooseSurvey(
  draw: (limits: Limits) => Survey,
  msPerSample: number,
): { readonly survey: Survey; readonly ms: number } {
  const takes = ({ samples }: Survey) => msPerSample * samples.length
  const many = draw(MANY)
  const survey = takes(many) <= TOO_LONG_MS ? many : draw(FEWER)
  return { survey, ms: takes(survey) }
}

/** With fewer samples to test on, an accuracy would be chance. */
const FEWEST_TESTED = 5

/** Draws the samples of a survey: always the same for the same data set and limits, whatever is known of them. */
export function drawSurvey(
  { size, classes }: Dataset,
  limits: Limits,
  { probeStyles }: Pick<Config, 'probeStyles'>,
): Survey {
  const { samples, task } = taskOf(classes ?? nothingKnown(size), limits, probeStyles)
  const known = new Set(task.train.map((row) => task.classOf[row]))
  const canBeTold = known.size > 1 && task.folds.length > 0 && task.test.length >= FEWEST_TESTED
  return { samples, task: canBeTold ? task : undefined }
}

/** What is to be known of the samples of a survey, whatever is made of them. */
export function describeSurvey(run: Run, { samples, task }: Survey): SurveyEvent {
  const { classes } = run
  return {
    type: 'survey',
    samples: Uint32Array.from(samples),
    labels: samples.map((sample) => run.labelOf(sample)),
    classes: classes?.names ?? [],
    classOf: Int16Array.from(samples, (sample) => classes?.of[sample] ?? UNKNOWN),
    learnt: task === undefined ? 0 : task.train.length,
    tested: task?.test.length ?? 0,
    heldOut: samples.filter((sample) => sample >= run.samples).length,
  }
}
