import * as tf from '@tensorflow/tfjs-core'
import type { Overrides, PresetName } from '../../config/preset.ts'
import { resolveConfig } from '../../config/presets.ts'
import type { Config } from '../../config/schema.ts'
import { createLearner, disposeLearner, type Learner } from '../../data2vec/learner.ts'
import { stepSettings } from '../../data2vec/schedule.ts'
import { imageModality } from '../../modalities/image/modality.ts'
import type { Layout } from '../../modalities/modality.ts'
import { Random } from '../../ops/random.ts'
import type { HostBatch } from '../batches.ts'
import { CapturedStepper } from '../capture/capturedStepper.ts'
import type { Program } from '../capture/program.ts'
import type { Lease } from '../turns.ts'
import type { WebGPU } from '../webgpu.ts'
import type { Subject } from './contestant.ts'
import { noiseBatch } from './noiseBatch.ts'
import { startStockTfjs, StockSteps, type StockTfjs } from './stockTfjs.ts'

/** Where steps are measured. */
export interface Site {
  readonly gpu: WebGPU
  /** The measuring's share of the GPU. */
  readonly device: Lease
}

/** What every implementation is given. */
export interface Problem {
  readonly config: Config
  readonly layout: Layout
  readonly batch: HostBatch
}

export function problemOf(preset: PresetName, overrides: Overrides = {}): Problem {
  const config = resolveConfig('image', preset, overrides)
  const layout = imageModality.layout(config)
  return { config, layout, batch: noiseBatch(imageModality, layout, config) }
}

/** Our step. */
export interface EngineSubject extends Subject {
  readonly program: Program
}

/** @throws the signal's reason if it is aborted before the step is ready */
export function engineSubject(
  { gpu, device }: Site,
  problem: Problem,
  signal: AbortSignal,
): Promise<EngineSubject> {
  const { config, layout, batch } = problem
  return device.take(async () => {
    const learner = learnerOf(problem)
    const stepper = new CapturedStepper(gpu, learner, layout, config.batchSize)
    const dispose = () => {
      stepper.dispose()
      disposeLearner(learner)
    }
    try {
      await stepper.prepare(() => undefined, { signal })
    } catch (error) {
      dispose()
      throw error
    }
    return {
      take: device.take,
      step: () => stepper.advance(batch, stepSettings(config, learner.updates)),
      idle: () => stepper.idle(),
      read: () => stepper.read(),
      refusal: device.refusal,
      program: stepper.program,
      dispose,
    }
  })
}

/** The same step in stock TensorFlow.js, on a GPU device of its own. */
export async function stockSubject({ device }: Site, problem: Problem): Promise<Subject> {
  const stock = await startStockTfjs()
  const take: Subject['take'] = (work) => device.take(() => inStock(stock, work))
  try {
    const steps = await take(() =>
      Promise.resolve(new StockSteps(stock, () => learnerOf(problem), problem.layout)),
    )
    return {
      take,
      step: () => steps.step(problem.batch),
      idle: () => steps.idle(),
      read: () => Promise.resolve(),
      refusal: stock.refusal,
      dispose: () => {
        steps.dispose()
        stock.dispose()
      },
    }
  } catch (error) {
    stock.dispose()
    throw error
  }
}

/** Whoever has the next turn finds everything as it was. */
async function inStock<Result>(stock: StockTfjs, work: () => Promise<Result>): Promise<Result> {
  const isForwarding = tf.env().getBool('WEBGPU_CPU_FORWARD')
  const backend = tf.getBackend()
  try {
    await stock.use()
    return await work()
  } finally {
    tf.env().set('WEBGPU_CPU_FORWARD', isForwarding)
    await tf.setBackend(backend)
  }
}

function learnerOf({ config }: Problem): Learner {
  return createLearner(imageModality, config, Random.stream(config.seed, 'weights'))
}
