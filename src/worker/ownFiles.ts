import { MODALITIES, MODALITY_NAMES, type ModalityName } from '../config/modalities.ts'
import type { Kind, ReadFile, Tools } from '../modalities/kind.ts'
import type { FileCommand, FileRemark, FilesEvent, OwnSample } from './protocol.ts'
import { modalityOf } from './route.ts'

/** Files of the person that are held at most, for each modality. */
const MOST_HELD = 5000

/** Files that are read at a time: enough to get on while training holds the worker, few enough for its memory. */
const CONCURRENCY = 6

const MS_BETWEEN_EVENTS = 100

interface Held {
  readonly modality: ModalityName
  readonly item: unknown
  readonly parts: number
}

interface Options {
  readonly mostHeld?: number
}

/** What a person has dropped, each file with the modality that it belongs to. Training goes on while files are read. */
export class OwnFiles {
  private readonly emit: (event: FilesEvent) => void
  private readonly kinds: Readonly<Record<ModalityName, Kind>>
  private readonly tools: Tools
  private readonly mostHeld: number
  private readonly held = new Map<number, Held>()
  private nextId = 0

  private waiting: File[] = []
  private working: Promise<void> | undefined
  private readonly inHand = new Map<ModalityName, number>()
  /** Files that there was no room for. */
  private leftOut: { readonly file: string; readonly modality: ModalityName }[] = []
  private progress = emptyProgress()
  private news = emptyNews()

  constructor(
    emit: (event: FilesEvent) => void,
    kinds: Readonly<Record<ModalityName, Kind>>,
    tools: Tools,
    { mostHeld = MOST_HELD }: Options = {},
  ) {
    this.emit = emit
    this.kinds = kinds
    this.tools = tools
    this.mostHeld = mostHeld
  }

  handle(command: FileCommand): Promise<void> {
    switch (command.type) {
      case 'addFiles':
        return this.add(command.files)
      case 'addText':
        return this.add([new File([command.text], command.name, { type: 'text/plain' })])
      case 'cancelFiles':
        this.cancel()
        break
      case 'removeOwn':
        for (const id of command.ids) this.held.delete(id)
        break
    }
    return Promise.resolve()
  }

  /** All that is held of a modality now, and how many samples it is good for. */
  of(modality: ModalityName): { readonly items: readonly unknown[]; readonly parts: number } {
    const held = [...this.held.values()].filter((one) => one.modality === modality)
    return { items: held.map(({ item }) => item), parts: held.reduce((sum, { parts }) => sum + parts, 0) }
  }

  /** Reads files and reports on each; files added meanwhile join them. Resolves when none is left. */
  private async add(files: readonly File[]): Promise<void> {
    this.waiting.push(...files)
    this.progress.total += files.length
    this.working ??= this.workOff()
    await this.working
  }

  /** Leaves out what has not been begun; what has been read stays. */
  private cancel(): void {
    this.progress.done += this.waiting.length
    this.waiting = []
  }

  private async workOff(): Promise<void> {
    await Promise.all(Array.from({ length: CONCURRENCY }, () => this.workOn()))
    this.working = undefined
    this.news.refused.push(...MODALITY_NAMES.flatMap((modality) => this.tooMany(modality)))
    this.leftOut = []
    this.tell(true)
    this.progress = emptyProgress()
  }

  private async workOn(): Promise<void> {
    for (let file = this.waiting.shift(); file; file = this.waiting.shift()) {
      const { name } = file
      const refusal = await this.take(file).catch(
        (error: unknown) =>
          `“${name}” could not be read (${error instanceof Error ? error.message : String(error)}). Choose it again.`,
      )
      if (refusal !== undefined) this.news.refused.push({ file: name, message: refusal })
      this.progress.done += 1
      if (performance.now() - this.progress.toldAt >= MS_BETWEEN_EVENTS) this.tell(false)
    }
  }

  /** @returns a sentence, if the file is not taken */
  private async take(file: File): Promise<string | undefined> {
    const route = await modalityOf(file, this.kinds)
    if (typeof route !== 'string') return route.refusal
    if (this.countOf(route) >= this.mostHeld) {
      this.leftOut.push({ file: file.name, modality: route })
      return undefined
    }
    this.count(route, 1)
    try {
      const read = await this.kinds[route].readFile(file, this.tools)
      if ('refusal' in read) return read.refusal
      this.keep(file.name, route, read)
      return undefined
    } finally {
      this.count(route, -1)
    }
  }

  private keep(
    file: string,
    modality: ModalityName,
    { item, parts, preview, notices }: ReadFile<unknown>,
  ): void {
    const id = this.nextId++
    this.held.set(id, { modality, item, parts })
    this.news.added.push({ id, modality, file, parts, preview })
    this.news.notices.push(...notices.map((message) => ({ file, message })))
  }

  /** Files held or being read. */
  private countOf(modality: ModalityName): number {
    const held = [...this.held.values()].filter((one) => one.modality === modality)
    return held.length + (this.inHand.get(modality) ?? 0)
  }

  private count(modality: ModalityName, change: 1 | -1): void {
    this.inHand.set(modality, (this.inHand.get(modality) ?? 0) + change)
  }

  /** One sentence for all files of a modality that there was no room for. */
  private tooMany(modality: ModalityName): FileRemark[] {
    const files = this.leftOut.filter((one) => one.modality === modality).map(({ file }) => file)
    if (files.length === 0) return []
    const which =
      files.length === 1
        ? `“${files[0]}” was`
        : `${files.length.toLocaleString('en')} files, from “${files[0]}” on, were`
    const message = `${which} left out: ${this.mostHeld.toLocaleString('en')} files are held at most under ${MODALITIES[modality].title}. Remove some first.`
    return [{ file: files[0], message }]
  }

  private tell(finished: boolean): void {
    const { done, total } = this.progress
    this.emit({ type: 'files', done, total, finished, ...this.news })
    this.news = emptyNews()
    this.progress.toldAt = performance.now()
  }
}

function emptyProgress() {
  return { done: 0, total: 0, toldAt: -Infinity }
}

function emptyNews(): { added: OwnSample[]; refused: FileRemark[]; notices: FileRemark[] } {
  return { added: [], refused: [], notices: [] }
}
