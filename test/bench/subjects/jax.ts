import { defaultDevice, init, jit, numpy as np, valueAndGrad } from '@jax-js/jax'
import { stepSettings } from '../../../src/data2vec/schedule.ts'
import { stepNumbers } from '../../../src/data2vec/stepConstants.ts'
import type { HostBatch } from '../../../src/engine/batches.ts'
import type { Problem, StartingWeight } from '../problem.ts'
import { averageTargets, embed, encode, maskedLoss, maskTokens, predict, type Arrays } from './jaxModel.ts'
import type { Subject } from './subject.ts'

/**
 * All weights in one array of each kind, one weight after another: the update takes a few kernels, not a few for each
 * weight. `decayed` is 1 where weight decay pulls.
 */
type State = Record<'student' | 'teacher' | 'mean' | 'variance' | 'decayed', np.Array>
type Inputs = Record<'input' | 'mask' | 'numbers', np.Array>
type Seen = Record<'input' | 'mask' | 'targets', np.Array>

/** The step in jax-js: all of it is one jitted function, whose weights stay on the GPU. */
export async function jaxSubject(problem: Problem): Promise<Subject> {
  const { config, layout, weights } = problem
  nameNode()
  if (!(await init('webgpu')).includes('webgpu')) throw new Error('jax-js finds no WebGPU.')
  defaultDevice('webgpu')
  const compiled = jit(createStep(problem))
  let state = initialState(weights)
  let loss = np.zeros([])
  let updates = 0
  return {
    ready: () => Promise.resolve(),
    step(batch) {
      const settings = stepSettings(config, updates)
      updates += 1
      const { update } = stepNumbers(settings, updates, config.depth)
      loss.dispose()
      ;[state, loss] = compiled(state, upload(batch, layout.tokens, update))
      loss.ref.gpuBufferSync() // submits what is pending
    },
    idle: async () => {
      await loss.blockUntilReady()
    },
    loss: async () => Number(await loss.ref.jsAsync()),
  }
}

/** jax-js asks every navigator for its name; the one that Node is given has none. */
function nameNode(): void {
  const known: { userAgent?: string } = navigator
  if (known.userAgent === undefined) Object.assign(navigator, { userAgent: 'Node' })
}

function upload({ samples, input, mask }: HostBatch, tokens: number, update: readonly number[]): Inputs {
  return {
    input: np.array(input, { shape: [samples.length, tokens, input.length / samples.length / tokens] }),
    mask: np.array(mask, { shape: [samples.length, tokens, 1] }),
    numbers: np.array(Float32Array.from(update)),
  }
}

function initialState(weights: readonly StartingWeight[]): State {
  const all = (valuesOf: (weight: StartingWeight) => Float32Array) => {
    const each = weights.map(valuesOf)
    const flat = new Float32Array(each.reduce((sum, { length }) => sum + length, 0))
    let begin = 0
    for (const values of each) {
      flat.set(values, begin)
      begin += values.length
    }
    return np.array(flat)
  }
  const constant = ({ values }: StartingWeight, value: number) => new Float32Array(values.length).fill(value)
  return {
    student: all(({ values }) => values),
    teacher: all(({ values }) => values),
    mean: all((weight) => constant(weight, 0)),
    variance: all((weight) => constant(weight, 0)),
    decayed: all((weight) => constant(weight, weight.decayed ? 1 : 0)),
  }
}

/** Each weight as a part of all of them, which are left to the caller. */
function unpack(flat: np.Array, weights: readonly StartingWeight[]): Arrays {
  let begin = 0
  return Object.fromEntries(
    weights.map(({ name, shape, values }) => {
      const part = flat.ref.slice([begin, (begin += values.length)])
      return [name, part.reshape([...shape])]
    }),
  )
}

/** Takes over the state and gives back the next, with the loss. */
function createStep(problem: Problem) {
  const { weights } = problem
  return (state: State, { input, mask, numbers }: Inputs): [State, np.Array] => {
    const targets = targetsOf(problem, unpack(state.teacher, weights), input.ref)
    const differentiate = valueAndGrad((student: Arrays, seen: Seen) => lossOf(problem, student, seen))
    const [loss, gradients] = differentiate(unpack(state.student, weights), { input, mask, targets })
    const gradient = np.concatenate(weights.map(({ name }) => gradients[name].reshape([-1])))
    return [adamwEma(state, gradient, numbers), loss]
  }
}

function targetsOf({ layout, config }: Problem, teacher: Arrays, input: np.Array): np.Array {
  const targets = averageTargets(encode(embed(input, teacher), teacher, layout.grid, config), config)
  disposeAll(Object.values(teacher))
  return targets
}

function lossOf({ layout, config }: Problem, student: Arrays, { input, mask, targets }: Seen): np.Array {
  const masked = maskTokens(embed(input, student), mask.ref, student.mask_token)
  const states = encode(masked, student, layout.grid, config)
  const last = states.splice(-1)[0]
  disposeAll(states)
  const loss = maskedLoss(predict(last, student, config), targets, mask, config)
  disposeAll(Object.values(student))
  return loss
}

function adamwEma(
  { student, teacher, decayed, ...moments }: State,
  gradient: np.Array,
  numbers: np.Array,
): State {
  const number = (i: number) => numbers.ref.slice(i)
  const clip = clipFactor(gradient.ref, number(10))
  const clipped = gradient.mul(clip)
  const mean = moments.mean.mul(number(4)).add(clipped.ref.mul(number(5)))
  const variance = moments.variance.mul(number(6)).add(np.square(clipped).mul(number(7)))
  const root = np.sqrt(variance.ref.mul(number(2))).add(number(3))
  const kept = np.where(decayed.ref.greater(0), number(1), 1)
  const moved = student.mul(kept).sub(mean.ref.mul(number(0)).div(root))
  const followed = teacher.mul(number(8)).add(moved.ref.mul(number(9)))
  numbers.dispose()
  return { student: moved, teacher: followed, mean, variance, decayed }
}

/** What makes the gradients' global norm at most `limit`; 0 lets any through. */
function clipFactor(gradient: np.Array, limit: np.Array): np.Array {
  const norm = np.sqrt(np.square(gradient).sum())
  return np.where(limit.ref.equal(0), 1, np.minimum(1, limit.div(norm.add(1e-6))))
}

function disposeAll(arrays: readonly np.Array[]): void {
  for (const array of arrays) array.dispose()
}
