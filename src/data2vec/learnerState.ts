import { reshape, slice, tidy, util, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import type { ParameterSpec } from '../ops/parameters.ts'
import { buildLearner, parametersOf, type FrontEnd, type Learner } from './learner.ts'

/** The numbers of each parameter, by its name. */
export type NamedValues = Readonly<Record<string, Float32Array<ArrayBuffer>>>

/** All that a learner has learnt, on the CPU. */
export interface LearnerState {
  readonly updates: number
  readonly student: NamedValues
  /** Of those parameters alone of which the teacher keeps its own copy. */
  readonly teacher: NamedValues
  /** Adam's running means of the gradient and of its square. */
  readonly mean: NamedValues
  readonly variance: NamedValues
}

/** Reads a learner as it is now; it must not be trained until the numbers are there. */
export async function readLearner(learner: Learner): Promise<LearnerState> {
  const { frontEnd, config, bank, updates } = learner
  const names = parametersOf(frontEnd, config).map(({ name }) => name)
  const read = async (pick: (index: number) => Tensor | undefined): Promise<NamedValues> => {
    const pairs = names.map(async (name, i) => {
      const weight = pick(i)
      return weight === undefined ? [] : [[name, await valuesOf(weight)] as const]
    })
    return Object.fromEntries((await Promise.all(pairs)).flat())
  }
  const [student, teacher, mean, variance] = await Promise.all([
    read((i) => bank.weights[i].student),
    read((i) => bank.weights[i].teacher),
    read((i) => bank.weights[i].mean),
    read((i) => bank.weights[i].variance),
  ])
  return { updates, student, teacher, mean, variance }
}

/**
 * A learner that goes on from what another of the same settings had learnt.
 * @throws an Error that names the parameter that is missing or of another size
 */
export function restoreLearner(frontEnd: FrontEnd, config: Config, state: LearnerState): Learner {
  const from = (values: NamedValues, what: string) => (spec: ParameterSpec) => valueOf(values, spec, what)
  const moments = { mean: from(state.mean, 'the mean of'), variance: from(state.variance, 'the variance of') }
  const [student, teacher] = [from(state.student, 'the student’s'), from(state.teacher, 'the teacher’s')]
  const learner = buildLearner(frontEnd, config, student, teacher, moments)
  learner.updates = state.updates
  return learner
}

/** A copy is read: tfjs would keep what it has read of a weight, and go on answering with it. */
async function valuesOf(weight: Tensor): Promise<Float32Array<ArrayBuffer>> {
  const copy = tidy(() => slice(reshape(weight, [weight.size]), [0], [weight.size]))
  try {
    return Float32Array.from(await copy.data<'float32'>())
  } finally {
    copy.dispose()
  }
}

function valueOf(values: NamedValues, { name, shape }: ParameterSpec, what: string): Float32Array {
  const size = util.sizeFromShape([...shape])
  const found = Object.hasOwn(values, name) ? values[name] : undefined
  if (found === undefined) throw new Error(`What was saved lacks ${what} ${name}.`)
  if (found.length !== size)
    throw new Error(`What was saved has ${found.length} numbers of ${what} ${name} instead of ${size}.`)
  return found
}
