import { resolveConfig } from '../../config/presets.ts'
import type { PresetName } from '../../config/preset.ts'
import type { Config } from '../../config/schema.ts'
import {
  countWeights,
  createLearner,
  disposeLearner,
  parametersOf,
  type Learner,
} from '../../data2vec/learner.ts'
import { stepSettings } from '../../data2vec/schedule.ts'
import { imageModality } from '../../modalities/image/modality.ts'
import type { Layout } from '../../modalities/modality.ts'
import { withoutFusedKernels } from '../../ops/kernels.ts'
import { Random } from '../../ops/random.ts'
import { CapturedStepper } from '../capture/capturedStepper.ts'
import { EagerStepper } from '../eagerStepper.ts'
import type { Stepper } from '../stepper.ts'
import type { WebGPU } from '../webgpu.ts'
import { byKernel, meanTimes } from './breakdown.ts'
import { stepFlops } from './flops.ts'
import type { GPUReport, MeasuredPreset, StepFigures } from './gpuReport.ts'
import { noiseBatch } from './noiseBatch.ts'
import { median, spread } from './statistics.ts'

const PRESETS: readonly PresetName[] = ['tiny', 'small', 'base']

/** The preset whose kernels are told apart. */
const DISSECTED: PresetName = 'small'

/** Features of WebGPU that we use where they are. */
const FEATURES = ['subgroups', 'timestamp-query']

const WARM_UP = 3
const STEPS = 15

/** A preset whose step takes longer is not measured: it would hold the page up for a minute. */
const LONGEST_STEP_MS = 3000

/** Student, its two Adam means, and teacher: bytes of a weight. */
const WEIGHT_BYTES = 16

/** The clock of one profile may be coarse. */
const PROFILES = 5

export function describeGPU({ adapter, capturing }: WebGPU): GPUReport {
  const has = (name: string) => [name, capturing.real.features.has(name)] as const
  return {
    adapter,
    features: Object.fromEntries(FEATURES.map(has)),
    rows: [],
    kernels: null,
    measuring: null,
  }
}

/**
 * Measures the training step of the image presets on noise, here and in stock TensorFlow.js. Frees all that it takes.
 * @param report is told what is known so far, each time there is more
 */
export async function measureGPU(
  gpu: WebGPU,
  report: (report: GPUReport) => void,
  signal: AbortSignal,
): Promise<void> {
  let known = describeGPU(gpu)
  const tell = (more: Partial<GPUReport>) => report((known = { ...known, ...more }))
  for (const preset of PRESETS) {
    if (signal.aborted) break
    tell({ measuring: preset })
    const { engine, kernels } = await measureEngine(gpu, preset, signal)
    const row = (stockMs: number | null): MeasuredPreset => ({ preset, engine, stockMs })
    const before = known.rows
    tell({ rows: [...before, row(null)], ...(kernels && { kernels: { preset, times: kernels } }) })
    if (engine === null) break // those that follow are larger
    tell({ rows: [...before, row(await measureStock(preset, signal))] })
  }
  tell({ measuring: null })
}

/** A network of a preset, ready to be stepped. */
interface Subject<Stepping extends Stepper = Stepper> {
  readonly config: Config
  readonly stepper: Stepping
  readonly step: () => void
  readonly weights: number
  readonly dispose: () => void
}

function createSubject<Stepping extends Stepper>(
  preset: PresetName,
  create: (learner: Learner, layout: Layout) => Stepping,
): Subject<Stepping> {
  const config = resolveConfig('image', preset)
  const layout = imageModality.layout(config)
  const learner = createLearner(imageModality, config, Random.stream(config.seed, 'weights'))
  const batch = noiseBatch(imageModality, layout, config)
  const stepper = create(learner, layout)
  return {
    config,
    stepper,
    step: () => stepper.advance(batch, stepSettings(config, learner.updates), true),
    weights: countWeights(learner),
    dispose: () => {
      stepper.dispose()
      disposeLearner(learner)
    },
  }
}

async function measureEngine(gpu: WebGPU, preset: PresetName, signal: AbortSignal) {
  const subject = createSubject(
    preset,
    (learner, layout) => new CapturedStepper(gpu, learner, layout, learner.config.batchSize),
  )
  const { stepper } = subject
  try {
    await stepper.prepare(() => undefined)
    const timed = await timeSteps(subject, signal)
    if (timed === undefined) return { engine: null, kernels: undefined }
    const { program } = stepper
    return {
      engine: figuresOf(subject, timed, program.dispatches, program.submits, program.bytes),
      kernels: preset === DISSECTED && !signal.aborted ? await dissect(stepper) : undefined,
    }
  } finally {
    subject.dispose()
  }
}

function figuresOf(
  { config, weights }: Subject,
  { stepMs, hostMs }: Timed,
  dispatches: number,
  submits: number,
  bytes: number,
): StepFigures {
  const ms = median(stepMs)
  const network = {
    config,
    layout: imageModality.layout(config),
    weights: parametersOf(imageModality, config),
  }
  return {
    dispatches,
    submits,
    hostMs: median(hostMs),
    stepMs: ms,
    spreadMs: spread(stepMs),
    samplesPerSecond: (1000 * config.batchSize) / ms,
    gflops: stepFlops(network) / ms / 1e6,
    gpuMb: (bytes + WEIGHT_BYTES * weights) / 2 ** 20,
  }
}

async function dissect({ program }: CapturedStepper) {
  const runs = []
  for (let i = 0; i < PROFILES; i++) {
    const run = await program.profile()
    if (run) runs.push(run)
  }
  return runs.length === 0 ? undefined : byKernel(meanTimes(runs))
}

/** @returns milliseconds of a step */
async function measureStock(preset: PresetName, signal: AbortSignal): Promise<number | null> {
  const subject = withoutFusedKernels(() =>
    createSubject(preset, (learner, layout) => new EagerStepper(learner, layout)),
  )
  try {
    const plain = { ...subject, step: () => withoutFusedKernels(subject.step) }
    const timed = await timeSteps(plain, signal)
    return timed ? median(timed.stepMs) : null
  } finally {
    withoutFusedKernels(subject.dispose)
  }
}

interface Timed {
  readonly stepMs: readonly number[]
  readonly hostMs: readonly number[]
}

/** Undefined if a step takes too long, or if it was aborted. */
async function timeSteps({ stepper, step }: Subject, signal: AbortSignal): Promise<Timed | undefined> {
  const stepMs: number[] = []
  const hostMs: number[] = []
  for (let i = 0; i < WARM_UP + STEPS; i++) {
    if (signal.aborted) return undefined
    const begun = performance.now()
    step()
    const host = performance.now() - begun
    await stepper.idle()
    const took = performance.now() - begun
    await stepper.read()
    if (i > 0 && took > LONGEST_STEP_MS) return undefined // in the first, programs are still compiled
    if (i < WARM_UP) continue
    stepMs.push(took)
    hostMs.push(host)
  }
  return { stepMs, hostMs }
}
