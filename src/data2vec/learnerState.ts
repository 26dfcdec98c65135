import { reshape, slice, tidy, type Tensor } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import type { Bank } from '../ops/bank.ts'
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

/** What there is one number of for each weight. */
type Copy = Exclude<keyof LearnerState, 'updates'>

/** Reads a learner as it is now; it must not be trained until the numbers are there. */
export async function readLearner(learner: Learner): Promise<LearnerState> {
  const { frontEnd, config, bank, updates } = learner
  const names = parametersOf(frontEnd, config).map(({ name }) => name)
  const read = async (kind: Copy): Promise<NamedValues> => {
    const values = await valuesOf(bank, kind)
    return Object.fromEntries(names.flatMap((name, i) => (values[i] ? [[name, values[i]]] : [])))
  }
  const [student, teacher, mean, variance] = await Promise.all([
    read('student'),
    read('teacher'),
    read('mean'),
    read('variance'),
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

/** The numbers of each weight; undefined where the teacher has no copy of its own. All at once where they lie together. */
async function valuesOf({ weights, flat }: Bank, kind: Copy): Promise<(Values | undefined)[]> {
  const all = flat && (await numbersOf(flat[kind]))
  return Promise.all(
    weights.map(async (weight, i): Promise<Values | undefined> => {
      const { [kind]: tensor } = weight
      if (tensor === undefined) return undefined
      const { shape, size } = tensor
      return {
        shape,
        values: all ? all.subarray(flat.offsets[i], flat.offsets[i] + size) : await numbersOf(tensor),
      }
    }),
  )
}

/** A copy is read: tfjs would keep what it has read of a weight, and go on answering with it. */
async function numbersOf(tensor: Tensor): Promise<Float32Array<ArrayBuffer>> {
  const copy = tidy(() => slice(reshape(tensor, [tensor.size]), [0], [tensor.size]))
  try {
    return Float32Array.from(await copy.data<'float32'>())
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
