import * as tf from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { inspect, targetsOf } from '../data2vec/inspect.ts'
import type { Learner } from '../data2vec/learner.ts'
import { stepSettings } from '../data2vec/schedule.ts'
import { stepConstants } from '../data2vec/stepConstants.ts'
import type { Dataset, Drawing, Layout, Modality, Written } from '../modalities/modality.ts'
import { Random } from '../ops/random.ts'
import { decode, DecoderSums, type Decoder } from '../probes/decoder.ts'
import { realTokens } from '../probes/health.ts'
import { disposeBatch, emptyBatch, toTensors, withoutViews, withOneView, type HostBatch } from './batches.ts'
import { fillNoise } from './noisePool.ts'
import type { Drawn, DrawingErrors } from './reports.ts'

/** Tokens that a decoder is fitted to: many times as many as a vector has numbers. */
const FITTED_TOKENS = 4096

/** Tokens of other samples by which it is judged. */
const JUDGED_TOKENS = 1024

/** Tokens that go through the network at a time: a step waits for no more, and so does Pause. */
const PIECE_TOKENS = 1024

/** While training goes on, decoders are fitted so rarely that training keeps at least this many times their time. */
const TRAINING_PER_DECODER = 20

/** Share of a small set that is kept to judge by. */
const JUDGED_SHARE = 0.2

/** What a decoder was fitted to: representations as they were after a step, made of so many layers. */
interface Moment {
  readonly step: number
  readonly targetLayers: number
}

/** A decoder on its way. */
interface Fit extends Moment {
  readonly sums: DecoderSums
  /** Samples that have been read. */
  read: number
  /** The step after which the latest of them were read. */
  latest: number
  /** Milliseconds that it has taken. */
  spent: number
}

interface Fitted extends Moment {
  readonly decoder: Decoder
  readonly errors: DrawingErrors
}

/** A sample and its mask as they were put into the networks; what they are made of is in `Layout.input`. */
interface Masked {
  readonly sample: number
  readonly written: Written
  readonly input: Float32Array
  readonly mask: Uint8Array
}

/** What the networks make of a sample, `[T, D]` each or more. */
interface Vectors {
  readonly targets: Float32Array
  readonly predictions: Float32Array
}

/**
 * Draws what is behind the mask. The method never learns to draw: a decoder, fitted afterwards to the teacher's targets
 * of some samples, turns vectors into raw input again. Predictions live where targets live, so it reads them, too.
 */
export class Drawer {
  private readonly layout: Layout
  private readonly dataset: Dataset
  private readonly learner: Learner
  private readonly modality: Pick<Modality<never>, 'drawMasks'>
  /** Samples that decoders are fitted to, always the same. */
  private readonly fittedTo: Uint32Array
  /** Others, by which they are judged; the same where there is only one. */
  private readonly judgedBy: Uint32Array
  private fit: Fit | undefined
  private fitted: Fitted | undefined
  private dueAt = 0

  constructor(
    modality: Pick<Modality<never>, 'drawMasks'>,
    layout: Layout,
    dataset: Dataset,
    learner: Learner,
  ) {
    this.modality = modality
    this.layout = layout
    this.dataset = dataset
    this.learner = learner
    const all = Random.stream(learner.config.seed, 'drawing').order(dataset.size)
    const judged = Math.ceil(Math.min(JUDGED_TOKENS / layout.tokens, JUDGED_SHARE * dataset.size))
    this.judgedBy = all.slice(0, judged)
    this.fittedTo =
      all.length > judged
        ? all.slice(judged, judged + Math.ceil(FITTED_TOKENS / layout.tokens))
        : this.judgedBy
  }

  /** Whether the time has come for `work`, while training goes on. */
  get isDue(): boolean {
    return this.dataset.drawing !== undefined && (this.fit !== undefined || performance.now() >= this.dueAt)
  }

  /** Whether representations have changed since the latest decoder was fitted. */
  isBehind(config: Config): boolean {
    return this.dataset.drawing !== undefined && !this.isOfNow(this.fitted, config)
  }

  /**
   * Does a piece of the next decoder.
   * @param atRest the weights stay as they are: what was begun with others is begun anew
   * @returns whether there is a new decoder
   */
  async work(config: Config, atRest: boolean): Promise<boolean> {
    const { drawing } = this.dataset
    if (drawing === undefined) return false
    const begun = performance.now()
    const fit = this.goesOn(atRest, config) ?? this.begin(drawing, config)
    this.fit = fit
    const isRead = fit.read === this.fittedTo.length
    if (isRead) this.fitted = await this.finish(fit, drawing, config)
    else await this.readOn(fit, drawing, config)
    const now = performance.now()
    fit.spent += now - begun
    if (!isRead) return false
    this.dueAt = now + TRAINING_PER_DECODER * fit.spent
    this.fit = undefined
    return true
  }

  /** The sample with its masked tokens drawn from what each network makes of them; undefined before the first decoder. */
  draw({ sample, written, input, mask }: Masked, { targets, predictions }: Vectors): Drawn | undefined {
    const { drawing } = this.dataset
    if (drawing === undefined || this.fitted === undefined) return undefined
    const { decoder, errors, step } = this.fitted
    const real = drawing.numbersOf(input.subarray(0, written.length * this.layout.input[1]))
    const drawFrom = (vectors: Float32Array) => {
      const drawn = decode(vectors.subarray(0, written.length * decoder.width), decoder)
      const mixed = drawn.map((value, i) => (mask[Math.floor(i / drawing.numbers)] === 1 ? value : real[i]))
      return drawing.show(sample, { written, numbers: mixed, mask })
    }
    return { fittedAt: step, guess: drawFrom(predictions), perfect: drawFrom(targets), errors }
  }

  /** What is on its way, unless it is of other networks: of steps long past, because nobody looked in between. */
  private goesOn(atRest: boolean, config: Config): Fit | undefined {
    const { fit } = this
    if (fit?.targetLayers !== config.targetLayers) return undefined
    const isOfThese = atRest ? this.isOfNow(fit, config) : this.learner.updates - fit.latest <= 1
    return isOfThese ? fit : undefined
  }

  private isOfNow(moment: Moment | undefined, { targetLayers }: Config): boolean {
    return moment?.step === this.learner.updates && moment.targetLayers === targetLayers
  }

  private begin(drawing: Drawing, { targetLayers }: Config): Fit {
    const sums = new DecoderSums(this.learner.config.width, drawing.numbers)
    const step = this.learner.updates
    return { sums, step, targetLayers, read: 0, latest: step, spent: 0 }
  }

  private async readOn(fit: Fit, drawing: Drawing, config: Config): Promise<void> {
    const end = Math.min(this.fittedTo.length, fit.read + Math.ceil(PIECE_TOKENS / this.layout.tokens))
    const layout = withoutViews(this.layout)
    const host = this.write(this.fittedTo.subarray(fit.read, end), layout)
    const [targets] = await this.compute(host, layout, config, (batch, constants) => [
      targetsOf(this.learner, batch, constants),
    ])
    fit.sums.add(this.real(targets, host), drawing.numbersOf(this.real(host.input, host)))
    fit.read = end
    fit.latest = this.learner.updates
  }

  /** Fits the decoder, and judges it by samples that it was not fitted to. */
  private async finish(fit: Fit, drawing: Drawing, config: Config): Promise<Fitted> {
    const decoder = fit.sums.fit()
    const layout = withOneView(this.layout)
    const host = this.write(this.judgedBy, layout)
    const request = { lengths: host.written.map(({ length }) => length), input: host.input }
    const random = Random.stream(config.seed, 'judged')
    const { mask, seen } = this.modality.drawMasks({ ...config, views: 1 }, request, random)
    host.mask.set(mask)
    host.seen = seen
    fillNoise(host.noise, config.maskNoise, random)
    const [targets, predictions] = await this.compute(host, layout, config, (batch, constants) => {
      const looked = inspect(this.learner, batch, constants)
      looked.tokenLoss.dispose()
      return [looked.targets, looked.predictions]
    })
    const wanted = drawing.numbersOf(this.real(host.input, host))
    const counts = this.real(host.mask, host)
    const errorOf = (drawn: Float32Array) => meanError(drawn, wanted, counts, drawing)
    const { step, targetLayers } = fit
    const errors = {
      guess: errorOf(decode(this.real(predictions, host), decoder)),
      perfect: errorOf(decode(this.real(targets, host), decoder)),
      mean: errorOf(wanted.map((_, i) => decoder.mean[i % drawing.numbers])),
    }
    return { decoder, errors, step, targetLayers }
  }

  private write(samples: Uint32Array, layout: Layout): HostBatch {
    const host = emptyBatch(layout, samples.length)
    const [rows, columns] = this.layout.input
    samples.forEach((sample, i) => {
      host.written[i] = this.dataset.write(sample, host.input, i * rows * columns, undefined)
    })
    return host
  }

  /** Computes tensors of a batch and reads them. */
  private async compute(
    host: HostBatch,
    layout: Layout,
    config: Config,
    of: (batch: ReturnType<typeof toTensors>, constants: ReturnType<typeof stepConstants>) => tf.Tensor[],
  ): Promise<Float32Array[]> {
    const { updates } = this.learner
    const batch = toTensors(host, layout)
    const constants = stepConstants(stepSettings(config, updates), updates + 1, config.depth)
    const tensors = of(batch, constants)
    disposeBatch(batch)
    tf.dispose({ ...constants })
    try {
      return await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()))
    } finally {
      tf.dispose(tensors)
    }
  }

  private real(values: Float32Array, { written }: HostBatch): Float32Array {
    const { tokens } = this.layout
    const width = values.length / written.length / tokens
    return realTokens({ values, tokens, width, lengths: written.map(({ length }) => length) })
  }
}

/** Over the tokens that are masked. */
function meanError(
  drawn: Float32Array,
  wanted: Float32Array,
  mask: Float32Array,
  { numbers, errorOf }: Drawing,
): number {
  let sum = 0
  let count = 0
  mask.forEach((masked, token) => {
    if (masked === 0) return
    const [first, end] = [token * numbers, (token + 1) * numbers]
    sum += errorOf(drawn.subarray(first, end), wanted.subarray(first, end))
    count += 1
  })
  return sum / count
}
