import { checkConfig, FEWEST_OWN_IMAGES } from '../config/check.ts'
import type { ModalityName } from '../config/modalities.ts'
import type { Config } from '../config/schema.ts'
import { chooseBackend } from '../engine/backend.ts'
import type { View } from '../engine/reports.ts'
import { Run } from '../engine/run.ts'
import { Trainer } from '../engine/trainer.ts'
import { imageModality } from '../modalities/image/image.ts'
import type { Pictures } from '../modalities/image/samples.ts'
import type { SpriteName } from '../modalities/image/sprites.ts'
import type { Modality } from '../modalities/modality.ts'
import { OwnImages } from './ownImages.ts'
import type { Command, WorkerEvent } from './protocol.ts'
import { loadSprite } from './spriteFiles.ts'

const MODALITIES: Readonly<Record<ModalityName, Modality>> = { image: imageModality }

type FileCommand = Extract<Command, { type: 'addFiles' | 'cancelFiles' | 'removeOwn' }>
type RunCommand = Exclude<Command, FileCommand>

/** All that a worker does: carries the page's commands out one after another, and never dies of one. */
export class Session {
  private readonly emit: (event: WorkerEvent) => void
  private readonly own: OwnImages
  private readonly sprites = new Map<SpriteName, Promise<Pictures>>()
  private base = ''
  private trainer: Trainer | undefined
  private view: View = { sample: 'batch', mask: 0 }
  private queue: Promise<void> = Promise.resolve()
  /** Runs asked for so far; what was asked of an earlier one is dropped. */
  private opened = 0
  /** Commands that have not been begun. */
  private waiting = 0
  private lost = false

  constructor(emit: (event: WorkerEvent) => void) {
    this.emit = (event) => {
      // Whatever fails after the GPU is gone fails because it is gone.
      if (!(this.lost && event.type === 'failure' && event.scope === 'run')) emit(event)
    }
    this.own = new OwnImages(emit)
  }

  /** Resolves when the command has been carried out, or has failed and said so. */
  handle(command: Command): Promise<void> {
    switch (command.type) {
      case 'addFiles':
        return this.own.add(command.files)
      case 'cancelFiles':
        this.own.cancel()
        return Promise.resolve()
      case 'removeOwn':
        this.own.remove(command.ids)
        return Promise.resolve()
      default:
        return this.enqueue(command)
    }
  }

  private enqueue(command: RunCommand): Promise<void> {
    if (command.type === 'open') this.opened += 1
    const { opened } = this
    this.waiting += 1
    this.queue = this.queue.then(async () => {
      this.waiting -= 1
      const isForEarlierRun = opened !== this.opened && command.type !== 'start' && command.type !== 'inspect'
      if (!isForEarlierRun) await this.carryOut(command).catch((error: unknown) => this.fail(error))
      // One picture for all that changed: a slider sends more settings than pictures can be taken.
      if (this.waiting === 0) await this.trainer?.refresh()
    })
    return this.queue
  }

  private async carryOut(command: RunCommand): Promise<void> {
    switch (command.type) {
      case 'start':
        this.base = command.base
        break
      case 'open':
        await this.open(command.modality, command.config)
        break
      case 'train':
        this.trainer?.train()
        break
      case 'pause':
        await this.trainer?.pause()
        break
      case 'step':
        await this.trainer?.step()
        break
      case 'settings':
        this.trainer?.apply(command.config)
        break
      case 'inspect':
        this.view = command.view
        this.trainer?.look(command.view)
        break
    }
  }

  private async open(modality: ModalityName, config: Config): Promise<void> {
    try {
      await this.trainer?.dispose()
    } finally {
      this.trainer = undefined
      // The page hears nothing of a new run before this, so it is said even if the old one could not be freed.
      this.emit({ type: 'state', phase: 'opening', step: 0, weights: 0, samples: 0 })
    }
    const problems = checkConfig(config)
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join(' '))
    const pictures = await this.pictures(config.samples)
    this.emit(await chooseBackend(config.backend, (reason) => this.loseGPU(reason)))
    const run = new Run(MODALITIES[modality], config, pictures)
    this.trainer = new Trainer(run, this.emit, this.view)
    await this.trainer.open()
  }

  private async pictures(name: Config['samples']): Promise<Pictures> {
    if (name !== 'own') return this.sprite(name)
    const pictures = this.own.pictures()
    if (pictures.images.length < FEWEST_OWN_IMAGES)
      throw new Error(
        `Training needs at least ${FEWEST_OWN_IMAGES} images of your own. Drop some on the page, or choose another sample set.`,
      )
    return pictures
  }

  /** Each is fetched once; one that failed is fetched again. */
  private sprite(name: SpriteName): Promise<Pictures> {
    const known = this.sprites.get(name)
    if (known) return known
    const loading = loadSprite(name, this.base)
    this.sprites.set(name, loading)
    loading.catch(() => this.sprites.delete(name))
    return loading
  }

  private loseGPU(reason: string): void {
    this.lost = true
    this.emit({
      type: 'failure',
      scope: 'worker',
      message: `The browser lost the GPU (${reason.trim() || 'it does not say why'}), and with it this run. Start a new run to go on.`,
    })
  }

  private fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    if (this.trainer === undefined)
      this.emit({ type: 'state', phase: 'failed', step: 0, weights: 0, samples: 0 })
    this.emit({ type: 'failure', scope: 'run', message })
  }
}
