import { defaultDevice, init, jit, numpy as np, valueAndGrad } from '@jax-js/jax'
import { stepSettings } from '../../../src/data2vec/schedule.ts'
import { stepNumbers } from '../../../src/data2vec/stepConstants.ts'
import type { HostBatch } from '../../../src/engine/batches.ts'
import type { Problem, StartingWeight } from '../problem.ts'
import { averageTargets, embed, encode, maskedLoss, maskTokens, predict, type Arrays } from './jaxModel.ts'
import type { Subject } from './subject.ts'

type State = { student: Arrays; teacher: Arrays; mean: Arrays; variance: Arrays }
type Inputs = { input: np.Array; mask: np.Array; numbers: np.Array }

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
    loss: async () => (await loss.ref.data())[0],
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
  const all = (valuesOf: (weight: StartingWeight) => Float32Array) =>
    Object.fromEntries(
      weights.map((weight) => [weight.name, np.array(valuesOf(weight), { shape: [...weight.shape] })]),
    )
  const zeros = ({ values }: StartingWeight) => new Float32Array(values.length)
  return {
    student: all(({ values }) => values),
    teacher: all(({ values }) => values),
    mean: all(zeros),
    variance: all(zeros),
  }
}

/** Takes over the state and gives back the next, with the loss. */
function createStep({ config, layout, weights }: Problem) {
  const { grid } = layout
  const targetsOf = (teacher: Arrays, input: np.Array) =>
    averageTargets(encode(embed(input, teacher), teacher, grid, config), config)

  const lossOf = (student: Arrays, input: np.Array, mask: np.Array, targets: np.Array): np.Array => {
    const masked = maskTokens(embed(input, student), mask.ref, student.mask_token)
    const states = encode(masked, student, grid, config)
    const last = states.splice(-1)[0]
    for (const state of states) state.dispose()
    const loss = maskedLoss(predict(last, student, config), targets, mask, config)
    for (const weight of Object.values(student)) weight.dispose()
    return loss
  }

  return (
    { student, teacher, mean, variance }: State,
    { input, mask, numbers }: Inputs,
  ): [State, np.Array] => {
    const targets = targetsOf(teacher, input.ref)
    const [loss, gradients] = valueAndGrad(lossOf)(refs(student), input, mask, targets)
    const number = (i: number) => numbers.ref.slice(i)
    const clip = clipFactor(gradients, number(10))
    const next: State = { student: {}, teacher: {}, mean: {}, variance: {} }
    for (const { name, decayed } of weights) {
      const gradient = gradients[name].mul(clip.ref)
      next.mean[name] = mean[name].mul(number(4)).add(gradient.ref.mul(number(5)))
      next.variance[name] = variance[name].mul(number(6)).add(np.square(gradient).mul(number(7)))
      const root = np.sqrt(next.variance[name].ref.mul(number(2))).add(number(3))
      const update = next.mean[name].ref.mul(number(0)).div(root)
      const kept = decayed ? student[name].mul(number(1)) : student[name]
      next.student[name] = kept.sub(update)
      next.teacher[name] = teacher[name].mul(number(8)).add(next.student[name].ref.mul(number(9)))
    }
    clip.dispose()
    numbers.dispose()
    return [next, loss]
  }
}

function refs(arrays: Arrays): Arrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.ref]))
}

/** What makes the gradients' global norm at most `limit`; 0 lets any through. */
function clipFactor(gradients: Arrays, limit: np.Array): np.Array {
  const norm = np.sqrt(
    Object.values(gradients)
      .map((gradient) => np.square(gradient.ref).sum())
      .reduce((sum, part) => sum.add(part)),
  )
  return np.where(limit.ref.equal(0), 1, np.minimum(1, limit.div(norm.add(1e-6))))
}
