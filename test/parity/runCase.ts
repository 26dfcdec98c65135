import { dispose, gather, reshape, slice, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core'
import { batchTensors, type Batch } from '../../src/data2vec/batch.ts'
import { buildLearner, disposeLearner, parametersOf, type Learner } from '../../src/data2vec/learner.ts'
import { stepSettings } from '../../src/data2vec/schedule.ts'
import { stepConstants, type StepConstants } from '../../src/data2vec/stepConstants.ts'
import type { Config } from '../../src/config/schema.ts'
import { dropCls } from '../../src/data2vec/encoder.ts'
import { averageLayers } from '../../src/ops/averageLayers.ts'
import { encodeMasked, predict } from '../../src/data2vec/student.ts'
import { averageTargets, TARGET_EPSILON, targetActivations } from '../../src/data2vec/targets.ts'
import { encodeWhole, isAveraged } from '../../src/data2vec/teacher.ts'
import { differentiate, trainStep } from '../../src/data2vec/trainStep.ts'
import { forViews } from '../../src/data2vec/views.ts'
import type { StoredTensor } from '../support/safetensors.ts'
import type { GoldenCase } from './cases.ts'
import { Comparison, type Group } from './compare.ts'
import { ofStep, placesOf, rowsOf, tensorOf, type Golden } from './golden.ts'
import type { Part } from './names.ts'
import type { Networks, Pass, Variant } from './variants/variant.ts'

/** Tolerances of golden/README.md, for a float32 implementation. */
const OF_MAX = 1e-4
const FIRST_LOSS = 1e-5
const LATER_LOSS = 1e-4
const WEIGHT_FLOOR = 5e-5
const WEIGHT_NOISE = 10

const ofMax = (max: number) => OF_MAX * max

/** Runs the five steps of a golden case on the present backend and compares everything the reference recorded. */
export async function runCase(golden: GoldenCase): Promise<Comparison> {
  const comparison = new Comparison()
  const learner = loadLearner(golden)
  for (let step = 0; step < golden.sidecar.steps_f32.length; step++) {
    const batch = golden.variant.batch(golden, step)
    const constants = constantsOf(golden, step)
    if (step === 0)
      tidy(() => {
        compareForward(golden, learner, batch, constants, comparison)
        compareGradients(golden, learner, batch, constants, comparison)
      })
    await compareStep(golden, learner, batch, constants, step, comparison)
    dispose([batchTensors(batch), { ...constants }])
  }
  disposeLearner(learner)
  comparison.expectAll(recorded(golden))
  return comparison
}

function loadLearner(golden: GoldenCase): Learner {
  const { config, frontEnd, names } = golden
  return buildLearner(
    frontEnd,
    config,
    ({ name }) => joined(golden, 'student.init', names.student(name)),
    ({ name }) => joined(golden, 'teacher.init', names.teacher(name)),
  )
}

/** The reference trains at a constant rate, with the τ that it recorded. */
function constantsOf({ config, sidecar }: GoldenCase, step: number): StepConstants {
  const tau = sidecar.steps_f32[step].ema_decay_used_after_step
  return stepConstants({ ...stepSettings(config, step), lr: config.lr, tau }, step + 1, config.depth)
}

function compareForward(
  golden: GoldenCase,
  learner: Learner,
  batch: Batch,
  { layerWeights }: StepConstants,
  comparison: Comparison,
): void {
  const { config } = learner
  const check = (group: Group, key: string, actual: Tensor) =>
    comparison.tensor(group, key, actual, tensorOf(golden, key), ofMax)
  const teacher = encodeWhole(learner, batch)
  const student = encodeMasked(learner, batch)
  const pass = { golden, learner, batch, ...withFfns({ teacher, student }, learner, batch) }
  compareActivations(pass, golden.variant, comparison)

  const layers = targetActivations(teacher, config)
  const prenet = golden.variant.prenet?.(golden) ?? 0
  for (let i = config.depth - config.targetLayers; i < config.depth; i++) {
    const key = `target/layer${i - prenet}`
    check('targets', key, dropCls(layers[i], config))
    if (config.targetNorm !== 'none') check('targets', `${key}_normed`, normedAlone(layers, i, config))
  }
  const masked = placesOf(ofStep(golden, 'input/masks', 0).values, (value) => value === 1)
  const targets = averageTargets(teacher, layerWeights, config)
  check('targets', 'target/avg_full', targets)
  check('targets', 'target/masked', pick(forViews(targets, batch), masked))
  check('activations', 'pred/masked', pick(predict(learner, student, batch), masked))
}

/** Feed-forward outputs are only told apart where targets are taken there, and the reference recorded them everywhere. */
function withFfns({ teacher, student }: Networks, learner: Learner, batch: Batch): Networks {
  const telling = { ...learner, config: { ...learner.config, targetSource: 'ffn' as const } }
  return {
    teacher: { ...teacher, ffns: encodeWhole(telling, batch).ffns },
    student: { ...student, ffns: encodeMasked(telling, batch).ffns },
  }
}

/** One layer as the targets are made of it. */
function normedAlone(
  layers: readonly Tensor[],
  layer: number,
  { targetNorm: norm, clsToken }: Config,
): Tensor {
  const weights = tensor1d(layers.map((_, i) => (i === layer ? 1 : 0)))
  return averageLayers(layers, weights, { norm, epsilon: TARGET_EPSILON, skip: clsToken ? 1 : 0 })
}

function compareActivations(pass: Pass, { activations }: Variant, comparison: Comparison): void {
  for (const { key, actual, tokens, expectedTokens = tokens } of activations(pass)) {
    const expected = tensorOf(pass.golden, key)
    const ours = tokens ? pick(actual, tokens) : actual
    const theirs = expectedTokens ? pickStored(expected, expectedTokens) : expected
    comparison.tensor('activations', key, ours, theirs, ofMax)
  }
}

/** Some tokens of `[B, T, D]`, counted through the batch. */
function pick(values: Tensor, tokens: readonly number[]): Tensor {
  const [batch, count] = values.shape
  return gather(reshape(values, [batch * count, -1]), tensor1d([...tokens], 'int32'))
}

/** The same of what the reference recorded. */
function pickStored({ values, shape }: StoredTensor, tokens: readonly number[]): StoredTensor {
  const flat = { values, shape: [shape[0] * shape[1], shape[2]] }
  const rows = tokens.flatMap((token) => [...rowsOf(flat, token, token + 1).values])
  return { shape: [tokens.length, shape[2]], values: Float32Array.from(rows) }
}

function compareGradients(
  golden: GoldenCase,
  learner: Learner,
  batch: Batch,
  constants: StepConstants,
  comparison: Comparison,
): void {
  const whole = averageTargets(encodeWhole(learner, batch), constants.layerWeights, learner.config)
  const targets = forViews(whole, batch)
  const { gradients, predictions } = differentiate(learner, batch, targets, constants)
  predictions.dispose()
  parametersOf(golden.frontEnd, learner.config).forEach(({ name }, i) => {
    for (const { key, actual, expected } of split(golden, 'grad', golden.names.student(name), gradients[i]))
      comparison.tensor('gradients', key, actual, expected, ofMax)
  })
}

async function compareStep(
  golden: GoldenCase,
  learner: Learner,
  batch: Batch,
  constants: StepConstants,
  step: number,
  comparison: Comparison,
): Promise<void> {
  const reference = golden.sidecar.steps_f32[step]
  const metrics = trainStep(learner, batch, constants, true)
  const [loss, norm, targetStd, predictionStd] = await metrics.data()
  metrics.dispose()
  const tolerance = step === 0 ? FIRST_LOSS : LATER_LOSS
  const check = (name: string, actual: number, expected: number | undefined, allowed: number) => {
    if (expected !== undefined)
      comparison.scalar('loss', `${name} of step ${step}`, actual, expected, allowed)
  }
  check('loss', loss, reference.loss_per_sample, tolerance)
  check('gradient norm', norm, reference.grad_norm_before_clip, OF_MAX)
  check('target std', targetStd, reference.target_var, OF_MAX)
  check('prediction std', predictionStd, reference.pred_var, OF_MAX)
  if (step === 0 || step === 4) compareWeights(golden, learner, step === 0 ? 1 : 5, comparison)
  await comparison.settle() // the next step changes the weights in place
}

function compareWeights(golden: GoldenCase, learner: Learner, after: 1 | 5, comparison: Comparison): void {
  const { names, sidecar, frontEnd, config } = golden
  for (const { name } of parametersOf(frontEnd, config)) {
    const student = names.student(name)
    const check = (prefix: string, parts: readonly Part[], weight: Tensor) => {
      split(golden, prefix, parts, weight).forEach(({ key, actual, expected }, i) => {
        const noise = sidecar.noise_floor_per_param[student[i].name][`step${after}_err`]
        const tolerance = () => Math.max(WEIGHT_NOISE * noise, WEIGHT_FLOOR)
        comparison.tensor(`weights after step ${after}`, key, actual, expected, tolerance)
      })
    }
    check(`student.step${after}`, student, learner.student[name])
    if (isAveraged(name, config.teacherScope))
      check(`teacher.step${after}`, names.teacher(name), learner.teacher[name])
  }
}

/** The parts that one of our parameters is made of, one after the other. */
function joined(golden: Golden, prefix: string, parts: readonly Part[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...partOf(golden, prefix, part).values]))
}

/** One of our tensors cut into the parts that the reference keeps apart. */
function split(golden: Golden, prefix: string, parts: readonly Part[], ours: Tensor) {
  const flat = reshape(ours, [-1])
  let start = 0
  return parts.map((part) => {
    const expected = partOf(golden, prefix, part)
    const actual = slice(flat, start, expected.values.length)
    start += expected.values.length
    return { key: `${prefix}/${part.name}`, actual, expected }
  })
}

function partOf(golden: Golden, prefix: string, { name, rows }: Part) {
  const whole = tensorOf(golden, `${prefix}/${name}`)
  return rows === undefined ? whole : rowsOf(whole, ...rows)
}

/**
 * Everything in the file that our code can be asked for: all but what the reference trains without a gradient, or
 * keeps twice because teacher and student share it.
 */
function recorded({ tensors, sidecar }: Golden): string[] {
  const inert = [...sidecar.params_without_grad, ...sidecar.params_with_mathematically_zero_grad]
  const shared = sidecar.teacher_copied_not_averaged
  const skipped = (key: string) => {
    const name = key.slice(key.indexOf('/') + 1)
    // The teacher's names lack the student's prefix.
    return (
      inert.some((other) => other.endsWith(name)) || (key.startsWith('teacher.') && shared.includes(name))
    )
  }
  const groups = ['act/', 'target/', 'pred/', 'grad/', 'student.step', 'teacher.step']
  return [...tensors.keys()].filter((key) => groups.some((group) => key.startsWith(group)) && !skipped(key))
}
