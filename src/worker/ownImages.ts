import { KEPT_SIDE } from '../modalities/image/decode.ts'
import type { Pictures } from '../modalities/image/samples.ts'
import { decodeFile, type DecodedImage } from './decodeFile.ts'
import type { FilesEvent, OwnSample, OwnSamplesEvent } from './protocol.ts'

/** Images of the person that are held at most. */
const MOST_HELD = 5000

/** Files that are decoded at a time: enough to get on while training holds the worker, few enough for its memory. */
const CONCURRENCY = 6

const MS_BETWEEN_EVENTS = 100

interface Kept {
  readonly file: string
  readonly rgb: Uint8Array
}

type Remark = FilesEvent['refused'][number]

/** The images that a person has dropped. Training goes on while they are decoded. */
export class OwnImages {
  private readonly emit: (event: FilesEvent | OwnSamplesEvent) => void
  private readonly kept = new Map<number, Kept>()
  private readonly mostHeld: number
  private nextId = 0

  private waiting: File[] = []
  private working: Promise<void> | undefined
  private inHand = 0
  private progress = emptyProgress()
  private news = emptyNews()

  constructor(emit: (event: FilesEvent | OwnSamplesEvent) => void, mostHeld = MOST_HELD) {
    this.emit = emit
    this.mostHeld = mostHeld
  }

  /** Decodes files and reports on each; files added meanwhile join them. Resolves when none is left. */
  async add(files: readonly File[]): Promise<void> {
    this.waiting.push(...files)
    this.progress.total += files.length
    this.working ??= this.workOff()
    await this.working
  }

  /** Leaves out what has not been begun; what has been decoded stays. */
  cancel(): void {
    if (this.working === undefined) return
    this.waiting = []
    this.progress.cancelled = true
  }

  remove(ids: readonly number[]): void {
    for (const id of ids) this.kept.delete(id)
    this.emit({ type: 'ownSamples', count: this.kept.size })
  }

  /** All images of now; later changes do not touch the result. */
  pictures(): Pictures {
    const kept = [...this.kept.values()]
    return { side: KEPT_SIDE, images: kept.map(({ rgb }) => rgb), labels: kept.map(({ file }) => file) }
  }

  private async workOff(): Promise<void> {
    await Promise.all(Array.from({ length: CONCURRENCY }, () => this.workOn()))
    this.working = undefined
    this.tell(true)
    this.progress = emptyProgress()
    this.emit({ type: 'ownSamples', count: this.kept.size })
  }

  private async workOn(): Promise<void> {
    for (let file = this.waiting.shift(); file; file = this.waiting.shift()) {
      if (this.kept.size + this.inHand >= this.mostHeld) {
        this.refuseRest(file)
        return
      }
      this.inHand += 1
      const result = await decodeFile(file).catch((error: unknown) => ({
        refusal: `“${file.name}” could not be read (${error instanceof Error ? error.message : String(error)}). Choose it again.`,
      }))
      this.inHand -= 1
      if ('refusal' in result) this.news.refused.push({ file: file.name, message: result.refusal })
      else this.keep(file.name, result)
      this.progress.done += 1
      if (performance.now() - this.progress.toldAt >= MS_BETWEEN_EVENTS) this.tell(false)
    }
  }

  private keep(file: string, { rgb, thumbnail, notice }: DecodedImage): void {
    const id = this.nextId++
    this.kept.set(id, { file, rgb })
    this.news.added.push({ id, file, thumbnail })
    if (notice !== undefined) this.news.notices.push({ file, message: notice })
  }

  private refuseRest(file: File): void {
    const left = 1 + this.waiting.length
    this.waiting = []
    this.progress.done += left
    const which =
      left === 1 ? `“${file.name}” was` : `${left.toLocaleString('en')} files, from “${file.name}” on, were`
    this.news.refused.push({
      file: file.name,
      message: `${which} left out: ${this.mostHeld.toLocaleString('en')} images are held at most. Remove some first.`,
    })
  }

  private tell(finished: boolean): void {
    const { done, total, cancelled } = this.progress
    this.emit({ type: 'files', done, total, finished, cancelled, ...this.news })
    this.news = emptyNews()
    this.progress.toldAt = performance.now()
  }
}

function emptyProgress() {
  return { done: 0, total: 0, cancelled: false, toldAt: -Infinity }
}

function emptyNews(): { added: OwnSample[]; refused: Remark[]; notices: Remark[] } {
  return { added: [], refused: [], notices: [] }
}
