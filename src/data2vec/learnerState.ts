import { reshape, slice, tidy, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import type { ParameterSpec } from '../ops/parameters.ts'
import { buildLearner, parametersOf, type FrontEnd, type Learner } from './learner.ts'

/** The numbers of a tensor, on the CPU. */
export interface Values {
  readonly shape: readonly number[]
  readonly values: Float32Array<ArrayBuffer>
}

/** Those of each parameter, by its name. */
export type NamedValues = Readonly<Record<string, Values>>

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
 * @throws an Error that names the parameter that is missing or of another shape
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
async function valuesOf(weight: Tensor): Promise<Values> {
  const copy = tidy(() => slice(reshape(weight, [weight.size]), [0], [weight.size]))
  try {
    return { shape: weight.shape, values: Float32Array.from(await copy.data<'float32'>()) }
  } finally {
    copy.dispose()
  }
}

function valueOf(named: NamedValues, { name, shape }: ParameterSpec, what: string): Float32Array {
  const found = Object.hasOwn(named, name) ? named[name] : undefined
  if (found === undefined) throw new Error(`What was saved lacks ${what} ${name}.`)
  if (found.shape.join() !== shape.join())
    throw new Error(`What was saved has ${what} ${name} as ${sizes(found.shape)} instead of ${sizes(shape)}.`)
  return found.values
}

function sizes(shape: readonly number[]): string {
  return shape.join(' × ')
}
