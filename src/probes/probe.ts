import { rowsOf, scaleOf, standardise, type Features } from './features.ts'
import { nearest, unitRows, vote } from './nearest.ts'
import { logistic } from './logistic.ts'
import { classify, ridge, sumUp, type LinearClassifier } from './ridge.ts'

/** Labelled samples: rows of the same features. */
export interface Task {
  readonly classes: number
  /** The class of each row. */
  readonly classOf: Uint16Array
  /** Rows to learn from. */
  readonly train: readonly number[]
  /**
   * By which the layer and the penalty are chosen, so that the test is of neither: one, or where samples are few some
   * in turn (cross-validation).
   */
  readonly folds: readonly Fold[]
  readonly test: readonly number[]
}

/** Rows to learn from, and others of which it is asked then what they are: as they will be in the test. */
export interface Fold {
  readonly known: readonly number[]
  readonly asked: readonly number[]
}

/** How well classes can be told from features. */
export interface Score {
  /** Share of the test rows whose class was found. */
  readonly accuracy: number
  /** Which of the candidates was best in validation. */
  readonly candidate: number
  /** `[classes, classes]`: how many test rows of each class (row) were taken for each (column). */
  readonly confusion: Uint32Array
}

/** Learns from rows of features to tell the class of other rows of them, in one of several ways. */
interface Method {
  /** What can be turned: one number each. */
  readonly settings: readonly number[]
  readonly learn: (features: Features, known: readonly number[], task: Task) => Classifier
}

type Classifier = (asked: readonly number[], setting: number) => ArrayLike<number>

/** Neighbours that are asked: how many were best depends on the samples, so it is the caller's to say. */
function nearestNeighbours(count: number): Method {
  return {
    settings: [count],
    learn: (features, known, { classOf }) => {
      const learnt = rowsOf(features, known)
      const scale = scaleOf(learnt)
      const unit = unitRows(standardise(learnt, scale))
      const knownClass = known.map((row) => classOf[row])
      return (asked, neighbours) => {
        const others = unitRows(standardise(rowsOf(features, asked), scale))
        return asked.map((_, i) => vote(nearest(unit, others, i, neighbours), knownClass))
      }
    },
  }
}

/** Ridge regression to the classes. */
const linear = linearMethod([1e-3, 1e-2, 1e-1, 1], (features, classOf, classes) => {
  const sums = sumUp(features, classOf, classes)
  return (penalty) => ridge(sums, penalty)
})

/** Logistic regression, which takes many times as long. */
const logisticRegression = linearMethod(
  [1e-5, 1e-4, 1e-3, 1e-2],
  (features, classOf, classes) => (penalty) => logistic(features, classOf, classes, penalty),
)

/** @param settings penalties, on features of standard deviation 1 */
function linearMethod(
  settings: readonly number[],
  fit: (
    features: Features,
    classOf: readonly number[],
    classes: number,
  ) => (penalty: number) => LinearClassifier,
): Method {
  return {
    settings,
    learn: (features, known, { classOf, classes }) => {
      const learnt = rowsOf(features, known)
      const scale = scaleOf(learnt)
      const knownClass = known.map((row) => classOf[row])
      const fitted = fit(standardise(learnt, scale), knownClass, classes)
      return (asked, penalty) => classify(standardise(rowsOf(features, asked), scale), fitted(penalty))
    },
  }
}

/**
 * k nearest neighbours by the cosine of standardised features, from the best of several candidates.
 * @param candidates `[N, F]` each, such as the layers of a network
 */
export function probeNearest(candidates: readonly Features[], task: Task, neighbours: number): Score {
  return score(candidates, task, nearestNeighbours(neighbours))
}

/**
 * Ridge regression to the classes, from the best of several candidates with the best of several penalties.
 * @param candidates `[N, F]` each, such as the layers of a network
 */
export function probeLinear(candidates: readonly Features[], task: Task): Score {
  return score(candidates, task, linear)
}

/** The same by logistic regression, which is for those who can wait. */
export function probeLogistic(candidates: readonly Features[], task: Task): Score {
  return score(candidates, task, logisticRegression)
}

/** Chooses in validation, then learns from all and is tested. */
function score(candidates: readonly Features[], task: Task, method: Method): Score {
  const { train, test, classes, classOf } = task
  const { candidate, setting } = choose(candidates, task, method)
  const found = method.learn(candidates[candidate], train, task)(test, setting)
  const confusion = new Uint32Array(classes * classes)
  test.forEach((row, i) => confusion[classOf[row] * classes + found[i]]++)
  return { accuracy: countRight(found, test, classOf) / test.length, candidate, confusion }
}

function choose(candidates: readonly Features[], task: Task, method: Method) {
  const [first] = method.settings
  if (candidates.length * method.settings.length === 1) return { candidate: 0, setting: first }
  const trials = candidates.flatMap((features, candidate) => {
    const right = validate(features, task, method)
    return method.settings.map((setting, i) => ({ candidate, setting, right: right[i] }))
  })
  return trials.reduce((best, trial) => (trial.right > best.right ? trial : best))
}

/** For how many of the rows that are asked the class is found by each of the method's settings. */
function validate(features: Features, task: Task, { settings, learn }: Method): number[] {
  const { folds, classOf } = task
  const right = settings.map(() => 0)
  for (const { known, asked } of folds) {
    const classifyBy = learn(features, known, task)
    settings.forEach((setting, i) => (right[i] += countRight(classifyBy(asked, setting), asked, classOf)))
  }
  return right
}

function countRight(found: ArrayLike<number>, rows: readonly number[], classOf: ArrayLike<number>): number {
  return rows.filter((row, i) => found[i] === classOf[row]).length
}
