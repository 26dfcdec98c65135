/** Samples that a level is taken from: about 20 ms. */
const WINDOW = 1024

/** How loud a stream is. */
export class Level {
  private readonly context = new AudioContext()
  private readonly analyser = this.context.createAnalyser()
  private readonly samples = new Float32Array(WINDOW)

  /** @throws if the browser gives no access to what is in the stream */
  constructor(stream: MediaStream) {
    this.analyser.fftSize = WINDOW
    try {
      this.context.createMediaStreamSource(stream).connect(this.analyser)
    } catch (error) {
      this.close() // a page has few contexts
      throw error
    }
    void this.context.resume()
  }

  /** From 0, 60 dB below the loudest tone, to 1. */
  now(): number {
    this.analyser.getFloatTimeDomainData(this.samples)
    const power = this.samples.reduce((sum, sample) => sum + sample ** 2, 0) / WINDOW
    const decibels = 10 * Math.log10(2 * power + Number.MIN_VALUE)
    return Math.min(1, Math.max(0, 1 + decibels / 60))
  }

  close(): void {
    void this.context.close()
  }
}
