import { BackendError, chooseBackend } from '../engine/backend.ts'
import { describeGPU, measureGPU } from '../engine/benchmark/measureGPU.ts'
import type { Turns } from '../engine/turns.ts'
import { webgpuInUse, type WebGPU } from '../engine/webgpu.ts'
import { messageOf } from '../messageOf.ts'
import type { GPUCommand, GPUFailureEvent, GPUReportEvent } from './protocol.ts'

/** What a meter needs of the worker around it. */
export interface MeterOptions {
  readonly turns: Turns
  readonly emit: (event: GPUReportEvent | GPUFailureEvent) => void
  readonly onLost: (reason: string) => void
  /** Tests bring their own. */
  readonly measure?: typeof measureGPU
  readonly open?: (onLost: (reason: string) => void) => Promise<WebGPU>
}

/** Measures the GPU, a step at a time between those of the runs. */
export class GPUMeter {
  private readonly options: MeterOptions
  private running: AbortController | undefined

  constructor(options: MeterOptions) {
    this.options = options
  }

  /** Resolves when the command has been carried out, or has failed and said so. */
  async handle({ type }: GPUCommand): Promise<void> {
    try {
      switch (type) {
        case 'describeGPU':
          this.report(describeGPU(await this.open()))
          break
        case 'measureGPU':
          await this.measure()
          break
        case 'stopMeasuring':
          this.running?.abort()
          break
      }
    } catch (error) {
      this.options.emit({ type: 'gpuFailure', message: sentenceOf(error) })
    }
  }

  /** Once at a time: a second press of a button asks for nothing more. */
  private async measure(): Promise<void> {
    if (this.running !== undefined) return
    const { signal } = (this.running = new AbortController())
    const { turns, measure = measureGPU } = this.options
    try {
      const gpu = await this.open()
      // A share of its own: what the GPU refused last time is no concern of this time.
      await measure({ gpu, device: turns.lease('webgpu') }, (known) => this.report(known), signal)
    } finally {
      this.running = undefined
    }
  }

  private open(): Promise<WebGPU> {
    const { turns, onLost, open = openWebGPU } = this.options
    return turns.take(() => open(onLost))
  }

  private report(known: Omit<GPUReportEvent, 'type'>): void {
    this.options.emit({ type: 'gpuReport', ...known })
  }
}

async function openWebGPU(onLost: (reason: string) => void): Promise<WebGPU> {
  await chooseBackend('webgpu', onLost)
  const gpu = webgpuInUse()
  if (gpu === undefined) throw new Error('WebGPU cannot be used here.')
  return gpu
}

function sentenceOf(error: unknown): string {
  if (error instanceof BackendError)
    return `${error.reasons} Only WebGPU can be measured: try another browser, or a newer driver of the graphics card.`
  return messageOf(error)
}
