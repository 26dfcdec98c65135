import type { ByModality } from '../config/byModality.ts'
import { MODALITIES, type ModalityName } from '../config/modalities.ts'
import type { Kind, Tools } from '../modalities/kind.ts'
import type { OpenDataset } from '../modalities/modality.ts'
import type { FileRemark } from './protocol.ts'
import { modalityOf } from './route.ts'
import { unreadable } from '../unreadable.ts'

/** Enough to teach a thing and to look for it; more belong into the data. */
const MOST_FILES = 100

/** Files that a person gave to look at, not to train on. */
export class Gatherer {
  private readonly name: ModalityName
  private readonly kinds: ByModality<Kind>
  private readonly tools: Tools
  private items: unknown[] = []
  private remarks: FileRemark[] = []
  /** Files that are being read while all is let go of are let go of, too. */
  private reading = new AbortController()

  constructor(name: ModalityName, kinds: ByModality<Kind>, tools: Tools) {
    this.name = name
    this.kinds = kinds
    this.tools = tools
  }

  /** Whether there is nothing to tell of. */
  get isEmpty(): boolean {
    return this.items.length === 0 && this.remarks.length === 0
  }

  /** Why the latest files cannot be used, a sentence each. */
  get refused(): readonly FileRemark[] {
    return this.remarks
  }

  forget(): void {
    this.reading.abort()
    this.reading = new AbortController()
    this.items = []
    this.remarks = []
  }

  /**
   * Takes files beside those that were given before.
   * @returns whether there are more than before
   */
  async read(files: readonly File[]): Promise<boolean> {
    const { signal } = this.reading
    const before = this.items.length
    this.remarks = []
    for (const file of files) {
      const message = await this.take(file, signal).catch((error: unknown) => unreadable(file.name, error))
      if (signal.aborted) return false
      if (message !== undefined) this.remarks.push({ file: file.name, message })
    }
    return this.items.length > before
  }

  /** The samples of a run, and after them those that were gathered. */
  beside(open: OpenDataset): OpenDataset {
    return this.items.length === 0 ? open : this.kinds[this.name].openBeside(open, this.items)
  }

  /** @returns a sentence, if the file cannot be used */
  private async take(file: File, signal: AbortSignal): Promise<string | undefined> {
    const { file: noun, title } = MODALITIES[this.name]
    if (this.items.length >= MOST_FILES)
      return `“${file.name}” was left out: ${MOST_FILES} ${noun.many} are the most here. Clear what you no longer need.`
    const modality = await modalityOf(file, this.kinds)
    if (typeof modality !== 'string') return modality.refusal
    if (modality !== this.name)
      return `“${file.name}” belongs under ${MODALITIES[modality].title}, not under ${title}. Open that tab to use it.`
    const read = await this.kinds[modality].readFile(file, this.tools)
    if ('refusal' in read) return read.refusal
    if (read.preview.kind === 'picture') read.preview.thumbnail.close() // nobody shows it
    if (!signal.aborted) this.items.push(read.item)
    return undefined
  }
}
