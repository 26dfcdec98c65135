import { chooseBackend } from '../engine/backend.ts'
import { describeGPU, measureGPU } from '../engine/benchmark/measureGPU.ts'
import type { Lease, Turns } from '../engine/turns.ts'
import { webgpuInUse, type WebGPU } from '../engine/webgpu.ts'
import type { GPUCommand, GPUFailureEvent, GPUReportEvent } from './protocol.ts'

/** Measures the GPU in a turn of its own, in which no run can disturb it. */
export class GPUMeter {
  private readonly turns: Turns
  private readonly device: Lease
  private readonly emit: (event: GPUReportEvent | GPUFailureEvent) => void
  private readonly onLost: (reason: string) => void
  private running: AbortController | undefined

  constructor(
    turns: Turns,
    emit: (event: GPUReportEvent | GPUFailureEvent) => void,
    onLost: (reason: string) => void,
  ) {
    this.turns = turns
    this.device = turns.lease('webgpu')
    this.emit = emit
    this.onLost = onLost
  }

  /** Resolves when the command has been carried out, or has failed and said so. */
  async handle({ type }: GPUCommand): Promise<void> {
    if (type === 'stopMeasuring') {
      this.running?.abort()
      return
    }
    const running = new AbortController()
    if (type === 'measureGPU') this.running = running
    try {
      const gpu = await this.turns.take(() => this.gpu())
      const report: Parameters<typeof measureGPU>[1] = (known) => this.emit({ type: 'gpuReport', ...known })
      if (type === 'describeGPU') report(describeGPU(gpu))
      else await this.device.take(() => measureGPU(gpu, report, running.signal))
      const refusal = this.device.refusal()
      if (refusal !== undefined) throw new Error(`The GPU refused the work: ${refusal}.`)
    } catch (error) {
      this.emit({ type: 'gpuFailure', message: error instanceof Error ? error.message : String(error) })
    }
  }

  private async gpu(): Promise<WebGPU> {
    await chooseBackend('webgpu', this.onLost)
    const gpu = webgpuInUse()
    if (gpu === undefined) throw new Error('WebGPU cannot be used here.')
    return gpu
  }
}
