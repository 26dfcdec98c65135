import {
  dispose,
  gather,
  reshape,
  tensor1d,
  tensor2d,
  tensor3d,
  tidy,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core'
import { relativeBias, type Encoded } from '../../src/data2vec/encoder.ts'
import { buildLearner, disposeLearner, parametersOf, type Learner } from '../../src/data2vec/learner.ts'
import { stepSettings, type StepSettings } from '../../src/data2vec/schedule.ts'
import { encodeMasked, predict } from '../../src/data2vec/student.ts'
import { averageTargets, normaliseLayer, targetActivations } from '../../src/data2vec/targets.ts'
import { encodeWhole, isAveraged } from '../../src/data2vec/teacher.ts'
import { differentiate, trainStep, type Batch } from '../../src/data2vec/trainStep.ts'
import { imageModality } from '../../src/modalities/image/image.ts'
import { patchIndices } from '../../src/modalities/image/patches.ts'
import { tensorOf, type GoldenCase } from './cases.ts'
import { Comparison } from './compare.ts'

/** Tolerances of golden/README.md, for a float32 implementation. */
const OF_MAX = 1e-4
const FIRST_LOSS = 1e-5
const LATER_LOSS = 1e-4
const WEIGHT_FLOOR = 5e-5
const WEIGHT_NOISE = 10

/** Runs the five steps of a golden case on the present backend and compares everything the reference recorded. */
export async function runCase(golden: GoldenCase): Promise<Comparison> {
  const comparison = new Comparison()
  const learner = loadLearner(golden)
  const inputs = tensor3d(patchesOf(golden), tokenShape(golden))
  for (let step = 0; step < golden.sidecar.steps_f32.length; step++) {
    const batch = { tokens: inputs, mask: maskOf(golden, step) }
    const settings = settingsOf(golden, step)
    if (step === 0)
      tidy(() => {
        compareForward(golden, learner, batch, settings, comparison)
        compareGradients(golden, learner, batch, settings, comparison)
      })
    await compareStep(golden, learner, batch, settings, step, comparison)
    dispose(batch.mask)
  }
  dispose(inputs)
  disposeLearner(learner)
  return comparison
}

function loadLearner(golden: GoldenCase): Learner {
  const { config, names } = golden
  return buildLearner(
    imageModality,
    config,
    ({ name }) => tensorOf(golden, `student.init/${names.student(name)}`).values,
    ({ name }) => tensorOf(golden, `teacher.init/${names.teacher(name)}`).values,
  )
}

function patchesOf(golden: GoldenCase): Float32Array {
  const { values, shape } = tensorOf(golden, 'input/image')
  const [batch, channels, side] = shape
  const indices = patchIndices(channels, side, golden.config.patchSize)
  const patches = new Float32Array(values.length)
  for (let sample = 0; sample < batch; sample++) {
    const start = sample * indices.length
    indices.forEach((pixel, i) => (patches[start + i] = values[start + pixel]))
  }
  return patches
}

function tokenShape({ sidecar, config }: GoldenCase): [number, number, number] {
  const { tokens, features } = imageModality.layout(config)
  return [sidecar.config.batch, tokens, features]
}

function maskOf(golden: GoldenCase, step: number): Tensor2D {
  const { values, shape } = tensorOf(golden, 'input/masks')
  const size = shape[1] * shape[2]
  return tensor2d(values.slice(step * size, (step + 1) * size), [shape[1], shape[2]])
}

/** The reference trains at a constant rate, with the τ that it recorded. */
function settingsOf({ config, sidecar }: GoldenCase, step: number): StepSettings {
  const tau = sidecar.steps_f32[step].ema_decay_used_after_step
  return { ...stepSettings(config, step), lr: config.lr, tau }
}

function compareForward(
  golden: GoldenCase,
  learner: Learner,
  { tokens, mask }: Batch,
  { targetLayers }: StepSettings,
  comparison: Comparison,
): void {
  const { config } = learner
  const check = (group: 'activations' | 'targets', key: string, actual: Tensor) => {
    comparison.tensor(group, key, actual, tensorOf(golden, key), (max) => OF_MAX * max)
  }
  const teacher = encodeWhole(learner, tokens)
  const student = encodeMasked(learner, tokens, mask)
  const networks: [string, Encoded][] = [
    ['teacher', teacher],
    ['student', student],
  ]
  for (const [network, { input, blocks, ffns }] of networks) {
    check('activations', `act/${network}/encoder_input`, input)
    blocks.forEach((x, i) => check('activations', `act/${network}/block${i}`, x))
    ffns.forEach((x, i) => check('activations', `act/${network}/block${i}_ffn`, x))
  }
  check('activations', 'act/student/final_norm', student.output)
  const bias = relativeBias(learner.student, learner.positions, config)
  if (bias !== undefined) check('activations', 'act/student/rel_pos_bias', bias)

  const layers = targetActivations(teacher, targetLayers, config)
  layers.forEach((layer, i) => {
    const key = `target/layer${config.depth - targetLayers + i}`
    check('targets', key, layer)
    if (config.targetNorm !== 'none') check('targets', `${key}_normed`, normaliseLayer(layer, config))
  })
  const targets = averageTargets(teacher, targetLayers, config)
  check('targets', 'target/avg_full', targets)
  check('targets', 'target/masked', gatherMasked(golden, targets))
  check('activations', 'pred/masked', gatherMasked(golden, predict(learner, student)))
}

/** Rows of `[B, T, D]` at the masked tokens of step 0, ordered by sample and token. */
function gatherMasked(golden: GoldenCase, values: Tensor): Tensor {
  const [, batch, tokens] = tensorOf(golden, 'input/masks').shape
  const mask = tensorOf(golden, 'input/masks').values.slice(0, batch * tokens)
  const masked = [...mask.keys()].filter((row) => mask[row] === 1)
  return gather(reshape(values, [batch * tokens, -1]), tensor1d(masked, 'int32'))
}

function compareGradients(
  golden: GoldenCase,
  learner: Learner,
  batch: Batch,
  settings: StepSettings,
  comparison: Comparison,
): void {
  const targets = averageTargets(encodeWhole(learner, batch.tokens), settings.targetLayers, learner.config)
  const { gradients } = differentiate(learner, batch, targets, settings)
  parametersOf(imageModality, learner.config).forEach(({ name }, i) => {
    const key = `grad/${golden.names.student(name)}`
    comparison.tensor('gradients', key, gradients[i], tensorOf(golden, key), (max) => OF_MAX * max)
  })
}

async function compareStep(
  golden: GoldenCase,
  learner: Learner,
  batch: Batch,
  settings: StepSettings,
  step: number,
  comparison: Comparison,
): Promise<void> {
  const reference = golden.sidecar.steps_f32[step]
  const metrics = trainStep(learner, batch, settings, true)
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
  const { names, sidecar } = golden
  for (const { name } of parametersOf(imageModality, learner.config)) {
    const noise = sidecar.noise_floor_per_param[names.student(name)][`step${after}_err`]
    const tolerance = () => Math.max(WEIGHT_NOISE * noise, WEIGHT_FLOOR)
    const check = (key: string, actual: Tensor) =>
      comparison.tensor(`weights after step ${after}`, key, actual, tensorOf(golden, key), tolerance)
    check(`student.step${after}/${names.student(name)}`, learner.student[name])
    if (isAveraged(name, learner.config.teacherScope))
      check(`teacher.step${after}/${names.teacher(name)}`, learner.teacher[name])
  }
}
