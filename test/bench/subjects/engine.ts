import * as tf from '@tensorflow/tfjs-core'
import { buildLearner, disposeLearner } from '../../../src/data2vec/learner.ts'
import { stepSettings } from '../../../src/data2vec/schedule.ts'
import { CapturedStepper } from '../../../src/engine/capture/capturedStepper.ts'
import type { Program } from '../../../src/engine/capture/program.ts'
import { startWebGPU, webgpuInUse } from '../../../src/engine/webgpu.ts'
import { startingValues, type Problem } from '../problem.ts'
import type { Subject } from './subject.ts'

interface EngineSubject extends Subject {
  readonly program: Program
  readonly dispose: () => void
}

/** Starts the backend, which may be done only once. Returns what the adapter is called. */
export function startEngine(): Promise<string> {
  return startWebGPU((reason) => console.error(`The GPU was lost: ${reason}.`))
}

/** Our step as the page runs it: recorded once, then replayed. It measures its health in each step, as there. */
export async function engineSubject(problem: Problem): Promise<EngineSubject> {
  await use()
  const gpu = webgpuInUse()
  if (gpu === undefined) throw new Error('The engine has to be started first.')
  const { config, modality, layout, batches } = problem
  const learner = buildLearner(modality, config, startingValues(problem), startingValues(problem))
  const stepper = new CapturedStepper(gpu, learner, layout, batches[0].samples.length)
  await stepper.prepare(() => undefined)
  return {
    ready: use,
    step: (batch) => stepper.advance(batch, stepSettings(config, learner.updates)),
    idle: () => stepper.idle(),
    loss: async () => (await stepper.read()).at(-1)?.loss ?? NaN,
    program: stepper.program,
    dispose: () => {
      stepper.dispose()
      disposeLearner(learner)
    },
  }
}

async function use(): Promise<void> {
  tf.env().set('WEBGPU_CPU_FORWARD', false)
  await tf.setBackend('webgpu')
}
