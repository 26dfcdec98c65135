import { byModality, type ByModality } from '../config/byModality.ts'
import { FEWEST_OWN } from '../config/check.ts'
import { MODALITIES, type ModalityName } from '../config/modalities.ts'
import type { Config } from '../config/schema.ts'
import type { OpenDataset } from '../modalities/modality.ts'
import { Turns } from '../engine/turns.ts'
import { lossTold } from '../engine/webgpu.ts'
import type { Kind, SetName, Tools } from '../modalities/kind.ts'
import { startAnalyst } from './analyst.ts'
import { GPUMeter } from './gpuMeter.ts'
import { Gatherer } from './gatherer.ts'
import { KeptRuns, type OpenStore } from './keptRuns.ts'
import type { OpenFileStore } from './keptFiles.ts'
import { KINDS } from './kinds.ts'
import { OwnFiles } from './ownFiles.ts'
import type { Command, WorkerEvent } from './protocol.ts'
import { decodePixels, decodeSquare } from './pictures.ts'
import { fetchFile } from './siteFiles.ts'
import { Slot } from './slot.ts'
import { SoundDecoder } from './soundDecoder.ts'

/** What keeps runs and files from visit to visit. */
interface Stores {
  readonly runs?: OpenStore
  readonly files?: OpenFileStore
}

/** All that a worker does: hands the page's commands to the runs, the files and the decoder that they are for. */
export class Session {
  private readonly emit: (event: WorkerEvent) => void
  private readonly own: OwnFiles
  private readonly kept: KeptRuns
  private readonly sounds: SoundDecoder
  private readonly meter: GPUMeter
  private readonly slots: ByModality<Slot>
  private readonly sets = new Map<SetName, Promise<OpenDataset>>()
  private readonly tools: Tools
  private base = ''
  private lost = false

  /** @param stores left out, runs and files are kept in the browser's own storage */
  constructor(
    emit: (event: WorkerEvent) => void,
    kinds: ByModality<Kind> = KINDS,
    { runs, files }: Stores = {},
  ) {
    this.emit = (event) => {
      if (event.type === 'failure' || event.type === 'gpuFailure') void this.unlessLost(() => emit(event))
      else emit(event)
    }
    this.sounds = new SoundDecoder(emit)
    this.tools = {
      fetchFile: (path) => fetchFile(path, this.base),
      decodePixels,
      decodeSquare,
      decodeSound: this.sounds.decode,
    }
    this.own = new OwnFiles(emit, kinds, this.tools, { openStore: files })
    this.kept = new KeptRuns(emit, runs)
    const turns = new Turns()
    this.meter = new GPUMeter({ turns, emit: this.emit, onLost: (reason) => this.loseGPU(reason) })
    this.slots = byModality(
      (name) =>
        new Slot({
          name,
          modality: kinds[name].modality,
          turns,
          emit: this.emit,
          onLost: (reason) => this.loseGPU(reason),
          analyst: startAnalyst(),
          companionAnalyst: startAnalyst(),
          gatherer: new Gatherer(name, kinds, this.tools),
          kept: this.kept,
          loadSamples: (samples) => this.loadSamples(name, kinds[name], samples),
        }),
    )
  }

  /** Resolves when the command has been carried out, or has failed and said so. */
  async handle(command: Command): Promise<void> {
    switch (command.type) {
      case 'start':
        this.base = command.base
        break
      case 'soundPart':
      case 'soundRefused':
        this.sounds.receive(command)
        break
      case 'addFiles':
      case 'addText':
      case 'restoreFiles':
      case 'cancelFiles':
      case 'removeOwn':
        await this.own.handle(command)
        break
      case 'labelOwn':
        await this.own.handle(command)
        await this.slots[command.modality].reclassify()
        break
      case 'listRuns':
      case 'deleteRun':
      case 'recallRun':
      case 'noteRun':
      case 'duplicateRun':
      case 'exportRun':
      case 'importRun':
      case 'readRun':
        await this.kept.handle(command)
        break
      case 'describeGPU':
      case 'measureGPU':
      case 'stopMeasuring':
        await this.meter.handle(command)
        break
      default:
        await this.slots[command.modality].handle(command)
    }
  }

  private async loadSamples(
    name: ModalityName,
    kind: Kind,
    samples: Config['samples'],
  ): Promise<OpenDataset> {
    if (samples !== 'own') return this.loadSet(samples, kind)
    await this.own.restored()
    return this.openOwn(name, kind)
  }

  private openOwn(name: ModalityName, kind: Kind): OpenDataset {
    const { items, parts, labelsNow } = this.own.of(name)
    if (parts < FEWEST_OWN)
      throw new Error(
        `There are no ${MODALITIES[name].sample.many} of your own to train on. Drop files on the page, or choose another sample set.`,
      )
    return kind.openOwn(items, labelsNow)
  }

  /** Each is fetched once; one that failed is fetched again. */
  private loadSet(name: SetName, kind: Kind): Promise<OpenDataset> {
    const known = this.sets.get(name)
    if (known) return known
    const loading = kind.loadSet(name, this.tools)
    this.sets.set(name, loading)
    loading.catch(() => this.sets.delete(name))
    return loading
  }

  /** Whatever fails when the GPU is gone fails because it is gone, which is said of all runs at once. */
  private async unlessLost(sayFailure: () => void): Promise<void> {
    await lossTold()
    if (!this.lost) sayFailure()
  }

  private loseGPU(reason: string): void {
    this.lost = true
    this.emit({
      type: 'workerFailure',
      message: `The browser lost the GPU (${reason.trim() || 'it does not say why'}), and with it all steps that were not kept.`,
    })
  }
}
