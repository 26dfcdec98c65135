import { CAPACITY, measuredOf, METRICS, type Measured } from '../stepper.ts'
import type { Range } from './recording.ts'

const ROW_BYTES = 4 * METRICS

/** One buffer is being filled while another is read. */
const BUFFERS = 2

/** Collects each step's metrics in a buffer that the CPU can map, so that reading never makes the GPU wait. */
export class MetricsRing {
  private readonly buffers: readonly GPUBuffer[]
  private current = 0
  private rows = 0

  constructor(device: GPUDevice) {
    this.buffers = Array.from({ length: BUFFERS }, () =>
      device.createBuffer({
        label: 'metrics',
        size: CAPACITY * ROW_BYTES,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      }),
    )
  }

  /** Adds the metrics of the step that is being encoded. */
  append(encoder: GPUCommandEncoder, metrics: Range): void {
    const target = this.buffers[this.current]
    encoder.copyBufferToBuffer(metrics.buffer, metrics.offset, target, this.rows * ROW_BYTES, ROW_BYTES)
    this.rows += 1
  }

  /** What the steps since the last read measured. One read at a time. */
  async read(): Promise<Measured[]> {
    const { rows } = this
    const buffer = this.buffers[this.current]
    this.current = (this.current + 1) % BUFFERS
    this.rows = 0
    await buffer.mapAsync(GPUMapMode.READ, 0, rows * ROW_BYTES)
    const values = new Float32Array(buffer.getMappedRange(0, rows * ROW_BYTES))
    const measured = Array.from({ length: rows }, (_, row) =>
      measuredOf(values.subarray(row * METRICS, (row + 1) * METRICS), true),
    )
    buffer.unmap()
    return measured
  }

  dispose(): void {
    for (const buffer of this.buffers) buffer.destroy()
  }
}
