import { tensor, util, variable, type Tensor, type Variable } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import type { TrainedWeight } from '../ops/adamwEma.ts'
import type { ParameterSpec, Weights } from '../ops/parameters.ts'
import type { Random } from '../ops/random.ts'
import { drawValues, encoderParameters, isDecayed } from './parameters.ts'
import { disposePositions, positionConstants, type PositionConstants } from './place.ts'
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
  readonly trained: readonly TrainedWeight[]
  /** Updates made so far. */
  updates: number
}

/** Starting values by parameter name. */
type Values = (spec: ParameterSpec) => Float32Array

/** A fresh student, and a teacher that is its exact copy. */
export function createLearner(frontEnd: FrontEnd, config: Config, random: Random): Learner {
  const drawn = new Map<string, Float32Array>()
  for (const spec of parametersOf(frontEnd, config)) drawn.set(spec.name, drawValues(spec, random))
  const values: Values = ({ name }) => drawn.get(name) ?? new Float32Array()
  return buildLearner(frontEnd, config, values, values)
}

/** A learner that starts from given weights. */
export function buildLearner(frontEnd: FrontEnd, config: Config, student: Values, teacher: Values): Learner {
  const specs = parametersOf(frontEnd, config)
  const trained = specs.map((spec): TrainedWeight => {
    const zeros = () => new Float32Array(util.sizeFromShape([...spec.shape]))
    return {
      student: keep(spec, student(spec)),
      mean: keep(spec, zeros()),
      variance: keep(spec, zeros()),
      teacher: isAveraged(spec.name, config.teacherScope) ? keep(spec, teacher(spec)) : undefined,
      decayed: isDecayed(spec, config.decayScope),
    }
  })
  const byName = (pick: (weight: TrainedWeight) => Variable | undefined) =>
    Object.fromEntries(
      specs.flatMap(({ name }, i) => {
        const weight = pick(trained[i])
        return weight === undefined ? [] : [[name, weight]]
      }),
    )
  return {
    frontEnd,
    config,
    positions: positionConstants(config, frontEnd.layout(config).grid),
    student: byName((weight) => weight.student),
    teacher: byName((weight) => weight.teacher),
    trained,
    updates: 0,
  }
}

export function disposeLearner({ trained, positions }: Learner): void {
  for (const { student, mean, variance, teacher } of trained)
    for (const tensor of [student, mean, variance, teacher]) tensor?.dispose()
  disposePositions(positions)
}

/** Trainable numbers of the student. */
export function countWeights({ trained }: Learner): number {
  return trained.reduce((sum, { student }) => sum + student.size, 0)
}

/** Every trainable tensor, feature encoder first. */
export function parametersOf(frontEnd: FrontEnd, config: Config): ParameterSpec[] {
  return [...frontEnd.parameters(config), ...encoderParameters(config, frontEnd.layout(config).grid)]
}

function keep({ shape }: ParameterSpec, values: Float32Array): Variable {
  const initial = tensor(values, [...shape])
  const kept = variable(initial)
  initial.dispose()
  return kept
}
