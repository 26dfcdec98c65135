import { checkConfig, type Problem } from '../config/check.ts'
import type { ModalityName } from '../config/modalities.ts'
import type { Config } from '../config/schema.ts'
import { surveyBatch } from '../config/surveyBatch.ts'
import { turnedBetween } from '../config/turned.ts'
import {
  BYTES_PER_WEIGHT,
  countWeights,
  createLearner,
  disposeLearner,
  type Learner,
} from '../data2vec/learner.ts'
import { readLearner, restoreLearner, type LearnerState } from '../data2vec/learnerState.ts'
import { stepSettings } from '../data2vec/schedule.ts'
import type { Classes } from '../modalities/classes.ts'
import type { Dataset, Layout, Modality, OpenDataset } from '../modalities/modality.ts'
import { Random } from '../ops/random.ts'
import type { Limits } from '../probes/task.ts'
import { CapturedStepper } from './capture/capturedStepper.ts'
import { Drawer } from './drawer.ts'
import { EagerStepper } from './eagerStepper.ts'
import { MetricsLog } from './metricsLog.ts'
import type { Estimate, ShownSample, Snapshot, View } from './reports.ts'
import { Sampler, type SamplerState } from './sampler.ts'
import { changesMask } from './settings.ts'
import { Snapshots, type Looked } from './snapshots.ts'
import { drawSurvey, type Survey } from './survey.ts'
import { Surveyor } from './surveyor.ts'
import type { OnPrepared, Stepper } from './stepper.ts'
import { webgpuInUse } from './webgpu.ts'

/** All that the steps to come depend on, besides the samples and the settings. */
export interface RunState {
  readonly learner: LearnerState
  readonly sampler: SamplerState
}

/** Samples that are gathered at most: enough to look for a thing in; a text may have thousands of passages. */
const MOST_GATHERED = 100

/** One experiment from its first step on: the networks, the samples and the settings of now. Owns its tensors. */
export class Run {
  readonly metrics: MetricsLog
  readonly weights: number
  /** Draws its pictures' masked tokens. */
  readonly drawer: Drawer

  private current: Config
  /** The settings of the latest step; before the first, nothing was turned. */
  private latest: Config | undefined
  private readonly name: ModalityName
  private readonly modality: Modality<never>
  private readonly layout: Layout
  private readonly dataset: Dataset
  /** The same samples, and after them those that were gathered. */
  private beside: Dataset
  readonly learner: Learner
  private readonly stepper: Stepper
  private readonly sampler: Sampler
  private readonly snapshots: Snapshots
  /** Whether there is a batch yet, and whether it was masked with the settings of now. */
  private hasBatch = false
  private batchIsCurrent = false

  /**
   * @param from where to go on; from the first step without it
   * @throws an Error if that is of a run with other weights or samples
   */
  constructor(
    name: ModalityName,
    modality: Modality<never>,
    config: Config,
    open: OpenDataset,
    from?: RunState,
  ) {
    this.name = name
    this.modality = modality
    this.current = config
    if (from) this.latest = config
    this.layout = modality.layout(config)
    this.dataset = open(() => this.current)
    this.beside = this.dataset
    this.sampler = new Sampler(modality, this.layout, this.dataset, config)
    if (from) this.sampler.restore(from.sampler)
    this.learner = from
      ? restoreLearner(modality, config, from.learner)
      : createLearner(modality, config, Random.stream(config.seed, 'weights'))
    this.weights = countWeights(this.learner)
    const gpu = webgpuInUse()
    this.stepper = gpu
      ? new CapturedStepper(gpu, this.learner, this.layout, config.batchSize)
      : new EagerStepper(this.learner, this.layout)
    this.metrics = new MetricsLog(this.stepper)
    this.drawer = new Drawer(modality, this.layout, this.dataset, this.learner)
    this.snapshots = new Snapshots(this.layout, this.dataset, this.learner, this.drawer)
  }

  get config(): Config {
    return this.current
  }

  get samples(): number {
    return this.dataset.size
  }

  /** Steps completed. */
  get step(): number {
    return this.learner.updates
  }

  get isFinished(): boolean {
    return this.step >= this.current.steps
  }

  /** What speaks against going on with other settings. */
  check(config: Config): Problem[] {
    return checkConfig(this.name, config)
  }

  /** Settings that hold from the next step on. Only hot ones may differ from those of now. */
  apply(config: Config): void {
    if (changesMask(this.current, config)) this.batchIsCurrent = false
    this.current = config
  }

  /** Makes ready what takes long before the first step. Called once, before it. */
  prepare(onProgress: OnPrepared, signal?: AbortSignal): Promise<void> {
    const rehearse = () => this.snapshots.rehearse(this.looked({ sample: 'batch', mask: 0 }), this.current)
    return this.stepper.prepare(onProgress, { rehearse, signal })
  }

  /** Finds out what steps take, by some that change nothing. Called between `prepare` and the first step. */
  async estimate(): Promise<Estimate> {
    const { modality, layout, dataset, current, stepper } = this
    const draw = (most: number) => {
      const batchSize = Math.min(most, current.batchSize)
      const sampler = new Sampler(modality, layout, dataset, { ...current, batchSize })
      sampler.next(current)
      return sampler.batch
    }
    const stepMs = await stepper.tryOut(draw, stepSettings(current, this.step))
    const gpuBytes = stepper.bytes === undefined ? null : BYTES_PER_WEIGHT * this.weights + stepper.bytes
    return { stepMs, gpuBytes }
  }

  /** Trains one step and leaves its metrics in `metrics`. */
  advance(diagnose: boolean): void {
    const settings = stepSettings(this.current, this.step)
    const turned = turnedBetween(this.latest ?? this.current, this.current)
    this.latest = this.current
    this.sampler.next(this.current)
    this.hasBatch = true
    this.batchIsCurrent = true
    this.stepper.advance(this.sampler.batch, settings, diagnose)
    this.metrics.push(this.step, settings, turned)
  }

  /** Resolves when the device is done with all steps so far. */
  idle(): Promise<void> {
    return this.stepper.idle()
  }

  /** What another run goes on from, as after the latest step, bit for bit. No step may be made until it is there. */
  async readState(): Promise<RunState> {
    return { learner: await readLearner(this.learner), sampler: this.sampler.state }
  }

  /** What samples show, where the set says it. */
  get classes(): Classes | undefined {
    return this.dataset.classes
  }

  labelOf(sample: number): string {
    return this.beside.label(sample)
  }

  /** What a person sees or hears of a sample, and what it is called. */
  shown(sample: number): ShownSample {
    const [rows, columns] = this.layout.input
    const input = new Float32Array(rows * columns)
    const written = this.beside.write(sample, input, 0, undefined)
    const content = this.beside.show(sample, { written, input, seen: undefined })
    return { sample, label: this.labelOf(sample), content }
  }

  /**
   * Takes samples beside those of the run, which are surveyed and shown, but never trained on.
   * @param open the run's samples, with others held out after them
   */
  gather(open: OpenDataset): void {
    this.beside = open(() => this.current)
  }

  /** The numbers of the samples that were gathered, but for those that are left out. */
  get gathered(): readonly number[] {
    const first = countAll(this.dataset)
    const count = countAll(this.beside) - first - this.leftOut
    return Array.from({ length: count }, (_, i) => first + i)
  }

  /** Samples that were given beyond the most that are gathered. */
  get leftOut(): number {
    return Math.max(0, countAll(this.beside) - countAll(this.dataset) - MOST_GATHERED)
  }

  /** Which samples to look at to see what has been learnt. */
  survey(limits: Limits): Survey {
    return drawSurvey(this.dataset, limits, this.current)
  }

  /** How many samples go through its networks at a time where nothing is learnt from them. */
  get surveyBatch(): number {
    return surveyBatch(this.name, this.current)
  }

  /** What sends samples through its networks. */
  surveyor(samples: readonly number[]): Surveyor {
    return new Surveyor(this.layout, this.beside, samples, this.surveyBatch)
  }

  /** The networks as they were before the first step, which are the caller's: `disposeLearner`. */
  createStart(): Learner {
    const { modality } = this
    return createLearner(modality, this.learner.config, Random.stream(this.learner.config.seed, 'weights'))
  }

  look(view: View): Promise<Snapshot> {
    return this.snapshots.take(this.looked(view), this.current, view)
  }

  dispose(): void {
    disposeLearner(this.learner)
    this.stepper.dispose()
  }

  /** A held sample that the set does not have gives way to the batch. */
  private looked({ sample, mask }: View): Looked {
    if (sample !== 'batch' && sample < this.dataset.size) return this.held(sample, mask)
    if (!this.hasBatch) return this.held(this.sampler.upcoming, mask)
    const first = this.firstOfBatch()
    return this.batchIsCurrent ? first : this.masked(first, mask)
  }

  private held(sample: number, mask: number): Looked {
    const [rows, columns] = this.layout.input
    const input = new Float32Array(rows * columns)
    const written = this.dataset.write(sample, input, 0, undefined)
    return this.masked({ sample, input, written }, mask)
  }

  private firstOfBatch(): Looked {
    const { samples, written, input, seen, mask } = this.sampler.batch
    const [rows, columns] = this.layout.input
    return {
      sample: samples[0],
      written: written[0],
      input: input.slice(0, rows * columns),
      seen: seen?.slice(0, rows * columns),
      ...this.firstOf(Uint8Array.from(mask.subarray(0, this.layout.tokens * this.viewsPerSample))),
    }
  }

  /** The same sample under the mask that a seed draws. */
  private masked(looked: Pick<Looked, 'sample' | 'input' | 'written'>, seed: number): Looked {
    const { input, written, sample } = looked
    const request = { lengths: [written.length], input }
    const { mask, seen } = this.modality.drawMasks(this.current, request, Random.stream(seed, 'view'))
    return { sample, input, written, seen, ...this.firstOf(mask) }
  }

  /** The first mask of a sample, and those of all its views, `[M, T]`. */
  private firstOf(masks: Uint8Array): Pick<Looked, 'mask' | 'masks'> {
    return { mask: masks.slice(0, this.layout.tokens), masks }
  }

  private get viewsPerSample(): number {
    return this.layout.views?.perSample ?? 1
  }
}

/** Samples of a data set, held out or not. */
function countAll({ size, classes }: Dataset): number {
  return size + (classes?.heldOut ?? 0)
}
