import type { Overrides, PresetName } from '../../config/preset.ts'
import { BYTES_PER_WEIGHT, parametersOf } from '../../data2vec/learner.ts'
import { messageOf } from '../../messageOf.ts'
import { imageModality } from '../../modalities/image/modality.ts'
import { emptyPool } from '../../ops/webgpu/tfjs.ts'
import type { WebGPU } from '../webgpu.ts'
import { profileKernels, type KernelTime } from './breakdown.ts'
import { Contestant, type Subject } from './contestant.ts'
import { stepFlops } from './flops.ts'
import type { GPUReport, MeasuredPreset, StepFigures, Unmeasured } from './gpuReport.ts'
import { median, spread } from './statistics.ts'
import {
  engineSubject,
  problemOf,
  stockSubject,
  type EngineSubject,
  type Problem,
  type Site,
} from './subjects.ts'

/** What is measured. */
export interface Extent {
  /** From the smallest. */
  readonly presets: readonly PresetName[]
  /** The one whose kernels are told apart. */
  readonly dissected: PresetName
  /** What differs from the presets. */
  readonly overrides?: Overrides
}

const EVERYTHING: Extent = { presets: ['tiny', 'small', 'base'], dissected: 'small' }

/** Features of WebGPU that we use where they are. */
const FEATURES = ['subgroups', 'timestamp-query']

const STEPS = 15

/** Steps after which ours is told: stock TensorFlow.js may take long to compile its own. */
const EARLY_STEPS = 5

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
 * Measures the training step of the image presets on noise, here and in stock TensorFlow.js. Takes a turn for each step,
 * and frees all that it takes.
 * @param report is told what is known so far, each time there is more
 */
export async function measureGPU(
  site: Site,
  report: (report: GPUReport) => void,
  signal: AbortSignal,
  { presets, dissected, overrides }: Extent = EVERYTHING,
): Promise<void> {
  let known = describeGPU(site.gpu)
  const tell = (more: Partial<GPUReport>) => report((known = { ...known, ...more }))
  const measure = async (preset: PresetName) => {
    signal.throwIfAborted()
    tell({ measuring: preset })
    const before = known.rows
    return measurePreset(site, {
      problem: problemOf(preset, overrides),
      show: (row) => tell({ rows: [...before, { preset, ...row }] }),
      showKernels: preset === dissected ? (times) => tell({ kernels: { preset, times } }) : undefined,
      signal,
    })
  }
  try {
    // What is larger than a preset that is too much for this GPU is too much as well.
    for (const preset of presets) if (!(await measure(preset))) break
  } catch (error) {
    if (!signal.aborted) throw error
  }
  tell({ measuring: null })
}

/** Our step and the stock one of a preset. */
interface Race {
  readonly problem: Problem
  readonly show: (row: Omit<MeasuredPreset, 'preset'>) => void
  /** Undefined if they are not asked for. */
  readonly showKernels: ((times: readonly KernelTime[]) => void) | undefined
  readonly signal: AbortSignal
}

/**
 * @returns whether the GPU is up to our step
 * @throws the signal's reason if it was aborted
 */
async function measurePreset(site: Site, { problem, show, showKernels, signal }: Race): Promise<boolean> {
  const engine = new Contestant(
    () => engineSubject(site, problem, signal),
    (error) => site.device.refusal() ?? lackOfMemory(error),
  )
  const stock = new Contestant(() => stockSubject(site, problem), messageOf)
  try {
    await engine.warmUp(signal)
    await inTurn([engine], EARLY_STEPS, signal)
    show({ engine: figuresOf(problem, engine), stock: null })
    if (!engine.isRunning()) return false
    await stock.warmUp(signal)
    await inTurn([engine, stock], STEPS - EARLY_STEPS, signal)
    show({ engine: figuresOf(problem, engine), stock: msOf(stock) })
    const kernels = showKernels && (await dissect(engine, signal))
    if (kernels) showKernels(kernels)
    return engine.isRunning()
  } finally {
    engine.dispose()
    stock.dispose()
    emptyPool(site.gpu.backend)
  }
}

/** One step of each after the other, so that whatever else the machine does disturbs all alike. */
async function inTurn(
  contestants: readonly Contestant<Subject>[],
  rounds: number,
  signal: AbortSignal,
): Promise<void> {
  for (let i = 0; i < rounds; i++)
    for (const contestant of contestants) {
      signal.throwIfAborted()
      await contestant.step()
    }
}

async function dissect(
  engine: Contestant<EngineSubject>,
  signal: AbortSignal,
): Promise<KernelTime[] | undefined> {
  const outcome = engine.outcome()
  if ('why' in outcome) return undefined
  const { program, take } = outcome.subject
  return profileKernels(() => take(() => program.profile()), signal)
}

/** The browser has no room for an array. */
function lackOfMemory(error: unknown): string | undefined {
  return error instanceof RangeError ? error.message : undefined
}

function msOf(stock: Contestant<Subject>): MeasuredPreset['stock'] {
  const outcome = stock.outcome()
  return 'why' in outcome ? outcome : median(outcome.times.map(({ stepMs }) => stepMs))
}

function figuresOf({ config, layout }: Problem, engine: Contestant<EngineSubject>): StepFigures | Unmeasured {
  const outcome = engine.outcome()
  if ('why' in outcome) return outcome
  const { dispatches, submits, bytes } = outcome.subject.program
  const weights = parametersOf(imageModality, config)
  const stepMs = outcome.times.map((time) => time.stepMs)
  const ms = median(stepMs)
  return {
    dispatches,
    submits,
    hostMs: median(outcome.times.map(({ hostMs }) => hostMs)),
    stepMs: ms,
    spreadMs: spread(stepMs),
    samplesPerSecond: (1000 * config.batchSize) / ms,
    gflops: stepFlops({ config, layout, weights }) / ms / 1e6,
    gpuMb: (bytes + BYTES_PER_WEIGHT * countWeights(weights)) / 2 ** 20,
  }
}

function countWeights(weights: readonly { readonly shape: readonly number[] }[]): number {
  return weights.reduce((sum, { shape }) => sum + shape.reduce((size, length) => size * length, 1), 0)
}
