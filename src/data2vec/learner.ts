import type { Tensor, Variable } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { createBank, disposeBank, type Bank, type TrainedWeight } from '../ops/bank.ts'
import type { ParameterSpec, Weights } from '../ops/parameters.ts'
import type { Random } from '../ops/random.ts'
import { drawValues, encoderParameters, isDecayed } from './parameters.ts'
import { disposePositions, positionConstants, positionTensors, type PositionConstants } from './place.ts'
import { isAveraged } from './teacher.ts'

/** What the algorithm needs of a modality: how its raw tokens are embedded. */
export interface FrontEnd {
  readonly layout: (config: Config) => { readonly grid: readonly [rows: number, columns: number] }
  readonly parameters: (config: Config) => ParameterSpec[]
  /** Raw input `[B, rows, columns]` → `[B, T, D]` */
  readonly embed: (weights: Weights, input: Tensor, config: Config) => Tensor
}

/** Student, teacher and optimiser state of one run. Owns its tensors until `disposeLearner`. */
export interface Learner {
  readonly frontEnd: FrontEnd
  readonly config: Config
  readonly positions: PositionConstants
  /** All weights of the student by name. */
  readonly student: Readonly<Record<string, Variable>>
  /** Those weights of which the teacher keeps its own copy. */
  readonly teacher: Readonly<Record<string, Variable>>
  /** The same tensors with their optimiser state, in a fixed order. */
  readonly bank: Bank
  /** Updates made so far. */
  updates: number
}

/** Bytes that a trainable number takes: the student's, the teacher's, and two running means of Adam. */
export const BYTES_PER_WEIGHT = 4 * Float32Array.BYTES_PER_ELEMENT

/** Starting values by parameter name. */
type Values = (spec: ParameterSpec) => Float32Array

/** Adam's running means, which are zero at first. */
interface Moments {
  readonly mean: Values
  readonly variance: Values
}

/** A fresh student, and a teacher that is its exact copy. */
export function createLearner(frontEnd: FrontEnd, config: Config, random: Random): Learner {
  const drawn = new Map<string, Float32Array>()
  for (const spec of parametersOf(frontEnd, config)) drawn.set(spec.name, drawValues(spec, random))
  const values: Values = ({ name }) => drawn.get(name) ?? new Float32Array()
  return buildLearner(frontEnd, config, values, values)
}

/** A learner that starts from given weights. */
export function buildLearner(
  frontEnd: FrontEnd,
  config: Config,
  student: Values,
  teacher: Values,
  moments?: Moments,
): Learner {
  const specs = parametersOf(frontEnd, config)
  const bank = createBank(
    specs.map((spec) => ({
      shape: spec.shape,
      student: student(spec),
      teacher: isAveraged(spec.name, config.teacherScope) ? teacher(spec) : undefined,
      mean: moments?.mean(spec),
      variance: moments?.variance(spec),
      decayed: isDecayed(spec, config),
    })),
  )
  const byName = (pick: (weight: TrainedWeight) => Variable | undefined) =>
    Object.fromEntries(
      specs.flatMap(({ name }, i) => {
        const weight = pick(bank.weights[i])
        return weight === undefined ? [] : [[name, weight]]
      }),
    )
  return {
    frontEnd,
    config,
    positions: positionConstants(config, frontEnd.layout(config).grid),
    student: byName((weight) => weight.student),
    teacher: byName((weight) => weight.teacher),
    bank,
    updates: 0,
  }
}

export function disposeLearner({ bank, positions }: Learner): void {
  disposeBank(bank)
  disposePositions(positions)
}

/** The tensors that steps read and never change. */
export function constantTensors({ bank, positions }: Learner): Tensor[] {
  return [...positionTensors(positions), ...(bank.flat ? [bank.flat.kinds] : [])]
}

/** Trainable numbers of the student. */
export function countWeights({ bank }: Learner): number {
  return bank.weights.reduce((sum, { student }) => sum + student.size, 0)
}

/** Every trainable tensor, feature encoder first. */
export function parametersOf(frontEnd: FrontEnd, config: Config): ParameterSpec[] {
  return [...frontEnd.parameters(config), ...encoderParameters(config, frontEnd.layout(config).grid)]
}
