import type { ByModality } from '../config/byModality.ts'
import { MODALITIES, type ModalityName } from '../config/modalities.ts'
import type { Kind, Tools } from '../modalities/kind.ts'
import type { OpenDataset } from '../modalities/modality.ts'
import type { FileRemark } from './protocol.ts'
import { modalityOf } from './route.ts'

/** Enough to teach a thing and to look for it; more belong into the data. */
const MOST_FILES = 100

/** Files that a person gave to look at, not to train on. */
export class Gatherer {
  private readonly name: ModalityName
  private readonly kinds: ByModality<Kind>
  private readonly tools: Tools
  private items: unknown[] = []

  constructor(name: ModalityName, kinds: ByModality<Kind>, tools: Tools) {
    this.name = name
    this.kinds = kinds
    this.tools = tools
  }

  get isEmpty(): boolean {
    return this.items.length === 0
  }

  forget(): void {
    this.items = []
  }

  /** @returns why files cannot be used, a sentence each */
  async read(files: readonly File[]): Promise<FileRemark[]> {
    const refused: FileRemark[] = []
    for (const file of files) {
      const message = await this.take(file)
      if (message !== undefined) refused.push({ file: file.name, message })
    }
    return refused
  }

  /** The samples of a run, and after them those that were gathered. */
  beside(open: OpenDataset): OpenDataset {
    return this.isEmpty ? open : this.kinds[this.name].openBeside(open, this.items)
  }

  /** @returns a sentence, if the file cannot be used */
  private async take(file: File): Promise<string | undefined> {
    const { file: noun, title } = MODALITIES[this.name]
    if (this.items.length >= MOST_FILES)
      return `“${file.name}” was left out: ${MOST_FILES} ${noun.many} are the most here. Clear what you no longer need.`
    const modality = await modalityOf(file, this.kinds)
    if (typeof modality !== 'string') return modality.refusal
    if (modality !== this.name)
      return `“${file.name}” belongs under ${MODALITIES[modality].title}, not under ${title}. Open that tab to use it.`
    const read = await this.kinds[modality].readFile(file, this.tools)
    if ('refusal' in read) return read.refusal
    this.items.push(read.item)
    return undefined
  }
}
