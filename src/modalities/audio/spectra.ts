import { clipSamples, MEL_HOP } from '../../config/audio.ts'
import type { Config } from '../../config/schema.ts'
import type { Clip } from './clips.ts'
import { loudnessOf, readStretch } from './loudness.ts'
import { createLogMel, framesOf, type LogMel } from './mel.ts'
import { mostShift } from './shift.ts'

/** Numbers that are kept at most, 256 MB: the spectra of about three hours. Those of other clips are computed anew. */
const MOST_KEPT = 2 ** 26

/** Clips at most that the statistics of a set are taken from: enough for bands, few enough to open in a moment. */
const MEASURED_CLIPS = 256

/** Log-mel spectra of clips, each computed when it is first asked for. */
export class Spectra {
  /** Spectra before the first of a clip that are held with it, and as many after its last. */
  readonly context: number

  private readonly clips: readonly Clip[]
  private readonly samples: number
  private readonly bands: number
  private readonly logMel: LogMel
  private readonly kept: (Float32Array | undefined)[] = []
  private keptNumbers = 0

  constructor(clips: readonly Clip[], config: Config) {
    this.clips = clips
    this.bands = config.melBands
    this.context = Math.floor(mostShift(config) / MEL_HOP)
    this.samples = clipSamples(config) + 2 * this.context * MEL_HOP
    this.logMel = createLogMel(config.melBands)
  }

  /**
   * `[context + frames + context, bands]`: the recording around a clip, in units in which the clip has mean 0 and
   * variance 1.
   */
  of(clip: number): Float32Array {
    const kept = this.kept[clip]
    if (kept) return kept
    const spectra = this.compute(this.clips[clip])
    if (this.keptNumbers + spectra.length <= MOST_KEPT) {
      this.kept[clip] = spectra
      this.keptNumbers += spectra.length
    }
    return spectra
  }

  /** Mean and standard deviation of each band over clips from all over the first `count`, without their padding. */
  measure(count: number): readonly Moments[] {
    const moments = Array.from({ length: this.bands }, () => ({ count: 0, sum: 0, squares: 0 }))
    const every = Math.ceil(count / MEASURED_CLIPS)
    for (let clip = 0; clip < count; clip += every) {
      const first = this.context * this.bands
      const numbers = framesOf(this.clips[clip].length) * this.bands
      const spectra = this.of(clip).subarray(first, first + numbers)
      spectra.forEach((value, i) => {
        const band = moments[i % this.bands]
        band.count += 1
        band.sum += value
        band.squares += value ** 2
      })
    }
    return moments.map(({ count, sum, squares }) => {
      const mean = sum / count
      const variance = squares / count - mean ** 2
      // A band that never changes, as in silence, is left at zero rather than blown up.
      return { mean, std: variance > LEAST_VARIANCE ? Math.sqrt(variance) : 1 }
    })
  }

  private compute({ recording, start, length }: Clip): Float32Array {
    const stretch = new Float32Array(this.samples)
    const loudness = loudnessOf(recording.samples.subarray(start, start + length))
    readStretch(recording.samples, start - this.context * MEL_HOP, loudness, stretch)
    return this.logMel(stretch)
  }
}

/** What rounding leaves of the variance of equal numbers. */
const LEAST_VARIANCE = 1e-6

export interface Moments {
  readonly mean: number
  readonly std: number
}
