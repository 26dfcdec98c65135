import {
  tensor,
  tensor1d,
  util,
  variable,
  type Tensor,
  type Tensor1D,
  type Variable,
} from '@tensorflow/tfjs-core'
import { hasKernel, runKernel, runKernels } from './kernels.ts'

/** Numbers from the start of one weight to that of the next are a multiple of this: 256 bytes, as bindings need. */
const STEP = 64

/** One parameter with everything that an update changes; all tensors have its shape. */
export interface TrainedWeight {
  readonly student: Variable
  /** Adam's running means of the gradient and of its square. */
  readonly mean: Variable
  readonly variance: Variable
  /** The teacher's copy; undefined where the teacher shares the student's. */
  readonly teacher: Variable | undefined
  readonly decayed: boolean
}

/** How a parameter starts. */
export interface InitialWeight {
  readonly shape: readonly number[]
  readonly student: Float32Array
  /** Undefined where the teacher shares the student's. */
  readonly teacher: Float32Array | undefined
  /** Of a learner that has been trained before; zeros otherwise. */
  readonly mean?: Float32Array | undefined
  readonly variance?: Float32Array | undefined
  readonly decayed: boolean
}

/** All weights of a learner. Owns their tensors until `disposeBank`. */
export interface Bank {
  readonly weights: readonly TrainedWeight[]
  /** The same numbers once more, where the backend has kernels that update all weights at once. */
  readonly flat: FlatWeights | undefined
}

/** All weights of one kind in one tensor each, one after another; what lies between them means nothing. */
export interface FlatWeights {
  readonly student: Tensor1D
  readonly mean: Tensor1D
  readonly variance: Tensor1D
  readonly teacher: Tensor1D
  /** Where each weight begins. */
  readonly offsets: readonly number[]
  /** What each run of 64 numbers is: how many are a weight's, plus `DECAYED`, plus `AVERAGED`. */
  readonly kinds: Tensor1D
}

/** Weight decay pulls at these numbers. */
export const DECAYED = 128
/** The teacher follows these numbers. */
export const AVERAGED = 256

export function createBank(initial: readonly InitialWeight[]): Bank {
  return hasKernel('Views') ? createFlat(initial) : { weights: initial.map(createWeight), flat: undefined }
}

export function disposeBank({ weights, flat }: Bank): void {
  for (const { student, mean, variance, teacher } of weights)
    for (const weight of [student, mean, variance, teacher]) weight?.dispose()
  if (flat)
    for (const whole of [flat.student, flat.mean, flat.variance, flat.teacher, flat.kinds]) whole.dispose()
}

/** A gradient for each weight. */
export interface Gradients {
  readonly each: readonly Tensor[]
  /** Laid out as the weights. */
  readonly flat: Tensor | undefined
}

export function gatherGradients({ flat }: Bank, gradients: readonly Tensor[]): Gradients {
  if (flat === undefined) return { each: gradients, flat: undefined }
  const [length] = flat.student.shape
  const inputs = Object.fromEntries(gradients.entries())
  return { each: gradients, flat: runKernel('Gather', inputs, { offsets: [...flat.offsets], length }) }
}

function createWeight({ shape, student, teacher, mean, variance, decayed }: InitialWeight): TrainedWeight {
  const create = (values: Float32Array = new Float32Array(student.length)) => own(tensor(values, [...shape]))
  return {
    student: create(student),
    mean: create(mean),
    variance: create(variance),
    teacher: teacher && create(teacher),
    decayed,
  }
}

function createFlat(initial: readonly InitialWeight[]): Bank {
  const shapes = initial.map(({ shape }) => [...shape])
  const runs = shapes.map((shape) => Math.ceil(util.sizeFromShape(shape) / STEP))
  const offsets = runs.map((_, i) => STEP * runs.slice(0, i).reduce((sum, run) => sum + run, 0))
  const length = STEP * runs.reduce((sum, run) => sum + run, 0)
  const layOut = (valuesOf: (weight: InitialWeight) => Float32Array | undefined) => {
    const values = new Float32Array(length)
    initial.forEach((weight, i) => values.set(valuesOf(weight) ?? [], offsets[i]))
    const flat = tensor1d(values)
    const views = runKernels('Views', { flat }, { shapes, offsets })
    return { flat, variables: views.map(own) }
  }
  const [student, teacher] = [layOut(({ student }) => student), layOut(({ teacher }) => teacher)]
  const [mean, variance] = [layOut(({ mean }) => mean), layOut(({ variance }) => variance)]
  const weights = initial.map(({ teacher: averaged, decayed }, i): TrainedWeight => {
    if (averaged === undefined) teacher.variables[i].dispose()
    return {
      student: student.variables[i],
      mean: mean.variables[i],
      variance: variance.variables[i],
      teacher: averaged && teacher.variables[i],
      decayed,
    }
  })
  const kinds = tensor1d(initial.flatMap((weight) => kindsOf(weight)))
  const flat = { student: student.flat, mean: mean.flat, variance: variance.flat, teacher: teacher.flat }
  return { weights, flat: { ...flat, offsets, kinds } }
}

function kindsOf({ student, teacher, decayed }: InitialWeight): number[] {
  const kind = (decayed ? DECAYED : 0) + (teacher ? AVERAGED : 0)
  return Array.from(
    { length: Math.ceil(student.length / STEP) },
    (_, run) => kind + Math.min(STEP, student.length - run * STEP),
  )
}

/** The tensor as a variable, in its own place. */
function own(initial: Tensor): Variable {
  const kept = variable(initial)
  initial.dispose()
  return kept
}
