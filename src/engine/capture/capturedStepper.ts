import * as tf from '@tensorflow/tfjs-core'
import { FIELDS } from '../../config/schema.ts'
import { constantTensors, type Learner } from '../../data2vec/learner.ts'
import type { StepSettings } from '../../data2vec/schedule.ts'
import { stepNumbers, trialNumbers, type StepNumbers } from '../../data2vec/stepConstants.ts'
import { trainStep } from '../../data2vec/trainStep.ts'
import type { Layout } from '../../modalities/modality.ts'
import { messageOf } from '../../messageOf.ts'
import { bufferOf } from '../../ops/webgpu/dispatch.ts'
import { flush, settlePipelines, withBuffers } from '../../ops/webgpu/tfjs.ts'
import type { HostBatch } from '../batches.ts'
import { timeOf, type Measured, type OnPrepared, type PrepareOptions, type Stepper } from '../stepper.ts'
import { prepareDevice, tune } from '../tuning.ts'
import type { WebGPU } from '../webgpu.ts'
import { allocate } from './allocate.ts'
import { FixedBatch } from './fixedBatch.ts'
import { MetricsRing } from './metricsRing.ts'
import { Program, type Append } from './program.ts'
import type { Recorder } from './recorder.ts'
import type { Recording } from './recording.ts'

/** Steps that are one recorded program of the GPU: it is recorded once, and replayed with each step's numbers. */
export class CapturedStepper implements Stepper {
  private readonly gpu: WebGPU
  private readonly learner: Learner
  private readonly inputs: FixedBatch
  private readonly metrics: MetricsRing
  private prepared: Program | undefined

  constructor(gpu: WebGPU, learner: Learner, layout: Layout, batchSize: number) {
    const { device } = gpu.backend
    this.gpu = gpu
    this.learner = learner
    this.inputs = new FixedBatch(layout, batchSize, learner.config.depth, (tensor, values) => {
      device.queue.writeBuffer(bufferOf(gpu.backend, tensor), 0, values)
    })
    this.metrics = new MetricsRing(gpu.capturing.real)
  }

  /**
   * Finds out what is fastest here, compiles what the step needs and records it. Nothing is trained.
   * @throws TooMuch if the GPU has no memory for it
   */
  async prepare(onProgress: OnPrepared, { rehearse, signal }: PrepareOptions = {}): Promise<void> {
    const { backend, capturing } = this.gpu
    const compile = async () => {
      signal?.throwIfAborted()
      await this.compile(onProgress, rehearse)
      signal?.throwIfAborted()
    }
    await prepareDevice(this.gpu)
    for (const { dataId } of [...this.inputs.tensors, ...constantTensors(this.learner)])
      backend.uploadToGPU(dataId)
    flush(backend)
    await compile()
    if (await tune(this.gpu, onProgress)) await compile()
    const { recording, output } = this.record()
    const { real } = capturing
    this.prepared = await allocate(real, () => new Program(real, recording, output))
  }

  advance(batch: HostBatch, settings: StepSettings): void {
    const { learner } = this
    this.make(batch, stepNumbers(settings, learner.updates + 1, learner.config.depth), (encoder, output) =>
      this.metrics.append(encoder, output),
    )
    learner.updates += 1
  }

  tryOut(draw: (most: number) => HostBatch, settings: StepSettings): Promise<number> {
    const { batchSize, depth } = this.learner.config
    const batch = draw(batchSize)
    return timeOf(() => {
      this.make(batch, trialNumbers(settings, depth), () => undefined)
      return this.idle()
    })
  }

  get bytes(): number | undefined {
    return this.prepared && this.prepared.bytes + this.inputs.bytes
  }

  async idle(): Promise<void> {
    await this.gpu.capturing.real.queue.onSubmittedWorkDone()
  }

  read(): Promise<Measured[]> {
    return this.metrics.read()
  }

  get program(): Program {
    if (this.prepared === undefined)
      throw new Error('A captured step has to be prepared before its first run.')
    return this.prepared
  }

  dispose(): void {
    this.prepared?.dispose()
    this.inputs.dispose()
    this.metrics.dispose()
  }

  private make(batch: HostBatch, numbers: StepNumbers, append: Append): void {
    flush(this.gpu.backend)
    this.inputs.set(batch, numbers)
    this.program.replay(append)
  }

  private async compile(onProgress: OnPrepared, rehearse?: () => void): Promise<void> {
    const { backend, capturing } = this.gpu
    try {
      compileOnly(() => {
        this.record()
        if (rehearse) this.note(rehearse)
      })
    } finally {
      try {
        await capturing
          .compiled((done, total) => onProgress({ stage: 'compiling', done, total }))
          .catch((error: unknown) => {
            throw doesNotCompile(error)
          })
      } finally {
        // Other runs share the backend: after a failure, too, none may come upon a program that is no program.
        await settlePipelines(backend)
      }
    }
  }

  private record(): { recording: Recording; output: GPUBuffer } {
    const { backend } = this.gpu
    const { recorder, result } = this.note(() => {
      const metrics = trainStep(this.learner, this.inputs.batch, this.inputs.constants, true)
      const output = bufferOf(backend, metrics)
      metrics.dispose()
      return output
    })
    return { recording: recorder.finish(), output: result }
  }

  /** Notes what `work` asks of the GPU. Nothing of it stays in the backend, even if it fails. */
  private note<Result>(work: () => Result): { recorder: Recorder; result: Result } {
    const { backend, capturing } = this.gpu
    return capturing.record((recorder) =>
      withBuffers(backend, recorder.buffers, () => {
        try {
          return { recorder, result: work() }
        } finally {
          flush(backend)
        }
      }),
    )
  }
}

/** A driver refuses a kernel, and will again. */
function doesNotCompile(error: unknown): Error {
  const [reason] = messageOf(error).split('\n', 1)
  return new Error(
    `The GPU’s driver does not compile what this run is computed by: ${reason}. Choose another “${FIELDS.backend.title}” among all settings.`,
    { cause: error },
  )
}

/** Runs something while kernels are compiled but not run. */
function compileOnly(work: () => void): void {
  const name = 'WEBGPU_ENGINE_COMPILE_ONLY'
  tf.env().set(name, true)
  try {
    work()
  } finally {
    tf.env().set(name, false)
  }
}
