/** What one dispatch took the GPU. */
export interface TimedDispatch {
  readonly label: string
  readonly ms: number
}

/** Numbers of a query set at most. */
const MOST_QUERIES = 4096

/** Bytes of a time stamp, in nanoseconds. */
const STAMP_BYTES = 8

/** Has the GPU note when passes begin and end. The device needs the feature `timestamp-query`. */
export class PassTimes {
  private readonly queries: GPUQuerySet
  private readonly resolved: GPUBuffer
  private readonly readable: GPUBuffer
  private readonly count: number

  constructor(device: GPUDevice, passes: number) {
    this.count = 2 * passes
    if (this.count > MOST_QUERIES)
      throw new Error(`At most ${MOST_QUERIES / 2} dispatches can be timed, not ${passes}.`)
    const size = this.count * STAMP_BYTES
    this.queries = device.createQuerySet({ type: 'timestamp', count: this.count })
    this.resolved = device.createBuffer({
      size,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    })
    this.readable = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  }

  /** Where the pass of that number writes its times. */
  writes(pass: number): GPUComputePassTimestampWrites {
    return {
      querySet: this.queries,
      beginningOfPassWriteIndex: 2 * pass,
      endOfPassWriteIndex: 2 * pass + 1,
    }
  }

  /** To be encoded behind the last pass. */
  resolve(encoder: GPUCommandEncoder): void {
    encoder.resolveQuerySet(this.queries, 0, this.count, this.resolved, 0)
    encoder.copyBufferToBuffer(this.resolved, 0, this.readable, 0, this.resolved.size)
  }

  /** Milliseconds of each pass, once the GPU is done with them. */
  async read(): Promise<number[]> {
    await this.readable.mapAsync(GPUMapMode.READ)
    const stamps = new BigUint64Array(this.readable.getMappedRange())
    return Array.from({ length: this.count / 2 }, (_, i) => Number(stamps[2 * i + 1] - stamps[2 * i]) / 1e6)
  }

  dispose(): void {
    this.queries.destroy()
    this.resolved.destroy()
    this.readable.destroy()
  }
}
