import { checkConfig } from '../config/check.ts'
import type { ModalityName } from '../config/modalities.ts'
import type { Config } from '../config/schema.ts'
import { chooseBackend } from '../engine/backend.ts'
import { messageOf } from '../messageOf.ts'
import type { Loaded } from '../checkpoint/runStore.ts'
import type { Gatherer } from './gatherer.ts'
import type { Keeper } from './keeper.ts'
import { damaged } from './keepingWords.ts'
import { openKeeper, type NewKeeper } from './openKeeper.ts'
import type { KeptRuns } from './keptRuns.ts'
import { companionOf } from './companionOf.ts'
import { noteFor } from './noting.ts'
import type { Release } from '../checkpoint/tabs.ts'
import type { Companion } from '../engine/companion.ts'
import { Examiner } from '../engine/examiner.ts'
import { Explorer } from '../engine/explorer.ts'
import type { Report } from '../engine/reports.ts'
import { Run } from '../engine/run.ts'
import { Trainer } from '../engine/trainer.ts'
import type { Lease, Turns } from '../engine/turns.ts'
import type { RemoteAnalyst } from '../probes/analyst.ts'
import type { Modality, OpenDataset } from '../modalities/modality.ts'
import type {
  Beside,
  BesideEvent,
  GatherCommand,
  KeepingReport,
  OpenCommand,
  RunCommand,
  RunId,
  WorkerEvent,
} from './protocol.ts'

/** What a slot needs of the worker around it. */
export interface SlotOptions {
  readonly name: ModalityName
  readonly modality: Modality<never>
  readonly turns: Turns
  readonly emit: (event: WorkerEvent) => void
  readonly onLost: (reason: string) => void
  /** Says what the modality's runs have learnt. */
  readonly analyst: RemoteAnalyst
  /** Says what runs have learnt that make their steps beside them. */
  readonly companionAnalyst: RemoteAnalyst
  /** Reads files of the person, and joins them to the samples of a run. */
  readonly gatherer: Gatherer
  /** The runs that the browser keeps, of all modalities. */
  readonly kept: KeptRuns
  /** Loads the samples that a run asks for. @throws an Error whose message is for the person */
  readonly loadSamples: (samples: Config['samples']) => Promise<OpenDataset>
}

/** What belongs to a run that is open. */
interface Opened {
  readonly run: Run
  readonly examiner: Examiner
  readonly explorer: Explorer
  readonly openDataset: OpenDataset
  /** Undefined where the browser keeps nothing. */
  readonly keeper: Keeper | undefined
  readonly report: (report: Report) => void
}

/** The one run of a modality. Carries its commands out one after another, and never dies of one. */
export class Slot {
  private readonly options: SlotOptions
  private trainer: Trainer | undefined
  private opened: Opened | undefined
  /** Give its runs back to other tabs. */
  private releases: Release[] = []
  private queue: Promise<void> = Promise.resolve()
  /** The newest run that was asked for; what was asked of an earlier one is dropped. */
  private newest = 0
  /** Aborted when a newer one is asked for. */
  private wanted = new AbortController()
  /** Commands that have not been begun. */
  private waiting = 0

  constructor(options: SlotOptions) {
    this.options = options
  }

  /** Resolves when the command has been carried out, or has failed and said so. */
  handle(command: RunCommand): Promise<void> {
    if (command.type === 'gather' || command.type === 'forget') return this.gather(command)
    if (command.type === 'open') this.supersede(command.run)
    return this.inTurn(command, async () => {
      if (command.run === this.newest) await this.carryOut(command)
    })
  }

  /** The person has labelled some of their files, which the run may be on. */
  reclassify(): Promise<void> {
    return this.inTurn(this.newestRun, () => {
      if (this.opened?.run.config.samples === 'own') this.trainer?.reclassify()
    })
  }

  private get newestRun(): RunId {
    return { modality: this.options.name, run: this.newest }
  }

  /** After all that was asked for before. A failure is said of the run. */
  private inTurn(of: RunId, work: () => Promise<void> | void): Promise<void> {
    this.waiting += 1
    this.queue = this.queue.then(async () => {
      this.waiting -= 1
      try {
        await work()
        // One picture for all that changed: a slider sends more settings than pictures can be taken.
        if (this.waiting === 0) await this.trainer?.refresh(() => this.waiting === 0)
      } catch (error) {
        await this.fail(of, error)
      }
    })
    return this.queue
  }

  private supersede(run: number): void {
    this.newest = run
    this.wanted.abort()
    this.wanted = new AbortController()
  }

  private async carryOut(command: RunCommand): Promise<void> {
    switch (command.type) {
      case 'open':
        await this.open(command)
        break
      case 'train':
        await this.trainer?.train()
        break
      case 'pause':
        await this.trainer?.pause()
        break
      case 'step':
        await this.trainer?.step()
        break
      case 'part':
        await this.trainer?.part()
        break
      case 'keep':
        this.opened?.keeper?.ask()
        break
      case 'settings':
        this.trainer?.apply(command.config)
        break
      case 'inspect':
        this.trainer?.look(command.view)
        break
      case 'probe':
        this.trainer?.examine()
        break
      case 'peek':
        if (this.opened) this.opened.report({ type: 'peek', ...this.opened.run.shown(command.sample) })
        break
      case 'find':
        void this.opened?.examiner.find(command)
        break
      case 'map':
        this.opened?.explorer.map(command.method)
        break
      case 'neighbours':
        void this.opened?.explorer.choose(command.sample)
        break
    }
  }

  private async open(command: OpenCommand & RunId): Promise<void> {
    const { config, preset, goOn, beside, view, run: number } = command
    const { signal } = this.wanted
    const { name, modality, turns, analyst, kept, emit, onLost, loadSamples } = this.options
    const report = (event: Report | KeepingReport) => emit({ ...event, modality: name, run: number })
    await this.close()
    report({ type: 'state', phase: 'opening', step: 0, weights: 0, samples: 0 })
    const problems = [config, ...(beside ? [beside.config] : [])].flatMap((each) => checkConfig(name, each))
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '))
    const openDataset = await loadSamples(config.samples)
    if (number !== this.newest) return
    const chosen = await turns.take(() => chooseBackend(config.backend, onLost))
    if (number !== this.newest) return
    report(chosen)
    const taken = goOn === undefined ? undefined : await kept.goOn(goOn)
    if (taken) this.releases.push(taken.release)
    const from = taken?.loaded
    const device = turns.lease(chosen.backend)
    const run = await device.take(() =>
      Promise.resolve(new Run(name, modality, from?.record.config ?? config, openDataset, from?.state)),
    )
    const keeper = await this.startKeeping({ run, preset, from, report })
    const said = (event: Report) => {
      if (keeper) noteFor(keeper, event, run.config)
      report(event)
      if (keeper && event.type === 'survey') report({ type: 'recalled', probes: keeper.told })
    }
    const explorer = new Explorer({ run, analyst, report })
    const examiner = new Examiner({
      run,
      analyst,
      report: said,
      device,
      onStudied: (survey) => explorer.follow(survey),
    })
    const companion =
      beside &&
      (await this.openCompanion(beside, { openDataset, device, number }).catch((error: unknown) => {
        run.dispose() // the trainer that would do so is not there yet
        throw error
      }))
    this.trainer = new Trainer(run, said, {
      view,
      device,
      examiner,
      ...(keeper && { keeping: keeper }),
      ...(companion && { companion }),
    })
    this.opened = { run, examiner, explorer, openDataset, keeper, report }
    if (from) this.recall(from, report)
    await this.trainer.open(signal)
    if (from && !this.trainer.hasFailed) this.offer(from, report)
    if (!this.options.gatherer.isEmpty) this.showGathered(true)
  }

  /** A second run on the same samples, which makes its steps beside the first. */
  private async openCompanion(
    { preset, config }: Beside,
    { openDataset, device, number }: Pick<Opened, 'openDataset'> & { device: Lease; number: number },
  ): Promise<Companion> {
    const { name, modality, emit, companionAnalyst: analyst } = this.options
    const say = (said: BesideEvent['said']) => emit({ type: 'beside', said, modality: name, run: number })
    const run = await device.take(() => Promise.resolve(new Run(name, modality, config, openDataset)))
    const before = this.releases.length
    const keeper = await this.startKeeping({
      run,
      preset,
      report: (news) => {
        if (news.type === 'kept' || news.type === 'told') say({ type: 'kept', kept: news.kept })
        else emit({ ...news, modality: name, run: number })
      },
    })
    const onDisposed = () => this.release(before)
    return companionOf({ run, keeper, analyst, device, say, onDisposed })
  }

  /** Ends the run before, once all of it is kept. */
  private async close(): Promise<void> {
    this.opened?.explorer.close()
    try {
      await this.trainer?.dispose()
    } finally {
      this.trainer = undefined
      this.opened = undefined
      this.release()
    }
  }

  /** @param first of those that were taken since */
  private release(first = 0): void {
    for (const release of this.releases.splice(first)) release()
  }

  private startKeeping(
    what: Pick<NewKeeper, 'run' | 'preset' | 'from' | 'report'>,
  ): Promise<Keeper | undefined> {
    const { kept, name: modality } = this.options
    return openKeeper({ ...what, kept, modality, hold: (release) => this.releases.push(release) })
  }

  /** Says what was said of the steps that a run has made before. */
  private recall({ record, rows }: Loaded, report: (report: Report | KeepingReport) => void): void {
    report({ type: 'metrics', rows })
    report({ type: 'recalled', probes: record.probes })
  }

  /** Says where a run stands that this device can go on with, which nobody knows before it is open. */
  private offer({ record, fellBack }: Loaded, report: (report: KeepingReport) => void): void {
    report({ type: 'kept', kept: record })
    if (fellBack) report({ type: 'keepingFailed', message: damaged(record.step) })
  }

  /** What is gathered stays for all runs. Nothing waits until files are read. */
  private async gather(command: GatherCommand): Promise<void> {
    const { gatherer } = this.options
    if (command.type === 'forget') gatherer.forget()
    const isOther = command.type === 'forget' || (await gatherer.read(command.files))
    await this.inTurn(this.newestRun, () => this.showGathered(isOther))
  }

  /** @param isOther than what was shown before: it is to be surveyed */
  private showGathered(isOther: boolean): void {
    const { gatherer, emit } = this.options
    const about = { type: 'gathered', refused: gatherer.refused, ...this.newestRun } as const
    if (this.opened === undefined) {
      emit({ ...about, samples: [], leftOut: 0 })
      return
    }
    const { run, examiner, openDataset } = this.opened
    run.gather(gatherer.beside(openDataset))
    if (isOther) examiner.gather()
    const samples = run.gathered.map((sample) => run.shown(sample))
    emit({ ...about, samples, leftOut: run.leftOut })
  }

  /** A run of which something could not be carried out stops; one that could not be opened has never begun. */
  private async fail({ modality, run }: RunId, error: unknown): Promise<void> {
    const { emit } = this.options
    if (this.trainer !== undefined) {
      await this.trainer.fail(error)
      return
    }
    emit({ type: 'state', modality, run, phase: 'failed', step: 0, weights: 0, samples: 0 })
    emit({ type: 'failure', modality, run, message: messageOf(error) })
  }
}
