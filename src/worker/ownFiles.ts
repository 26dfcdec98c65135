import { byModality, type ByModality } from '../config/byModality.ts'
import type { ModalityName } from '../config/modalities.ts'
import type { Kind, ReadFile, Reading, Refusal, Tools } from '../modalities/kind.ts'
import { FileNews } from './fileNews.ts'
import { HeldFiles, type Held } from './heldFiles.ts'
import { Lane } from './lane.ts'
import { KeptFiles, type OpenFileStore } from './keptFiles.ts'
import type { AddText, FileCommand, FilesEvent, FilesNotKeptEvent, FileToAdd, OwnSample } from './protocol.ts'
import { modalityOf } from './route.ts'
import { unreadable } from '../unreadable.ts'

/** Files that are sorted at a time. */
const SORTED_AT_A_TIME = 6

interface Options {
  readonly mostFiles?: number | undefined
  readonly openStore?: OpenFileStore | undefined
}

/** A file that comes in, be it for the first time or again. */
interface Added extends FileToAdd {
  /** Where it is known without looking at it. */
  readonly modality?: ModalityName
  /** Its number, if it is kept already. */
  readonly id?: OwnSample['id']
}

/** Files that come in together, or beside others that do. */
interface Adding {
  readonly news: FileNews
  readonly signal: AbortSignal
}

/** One of them. */
interface FileAdding extends Adding {
  readonly added: Added
  readonly reading: Reading
}

/** What a person has dropped, each file with the modality that it belongs to. Training goes on while files are read. */
export class OwnFiles {
  private readonly kinds: ByModality<Kind>
  private readonly tools: Tools
  private readonly held: HeldFiles
  private readonly news: FileNews
  /** Of the files of earlier visits, which no cancel stops. */
  private readonly restoration: Adding
  private readonly sorting = new Lane(SORTED_AT_A_TIME)
  /** Modalities do not wait for one another: a long recording holds up no pictures. */
  private readonly lanes: ByModality<Lane>
  /** Of all files that are being added now. */
  private cancelling = new AbortController()
  private readonly kept: KeptFiles
  private restoring: Promise<void> = Promise.resolve()

  constructor(
    emit: (event: FilesEvent | FilesNotKeptEvent) => void,
    kinds: ByModality<Kind>,
    tools: Tools,
    { mostFiles, openStore }: Options = {},
  ) {
    this.kept = new KeptFiles((message) => emit({ type: 'filesNotKept', message }), openStore)
    this.kinds = kinds
    this.tools = tools
    this.held = new HeldFiles(kinds, mostFiles)
    this.news = new FileNews((event) => emit({ ...event, restored: false }))
    this.restoration = {
      news: new FileNews((event) => emit({ ...event, restored: true })),
      signal: new AbortController().signal,
    }
    this.lanes = byModality((name) => new Lane(kinds[name].filesAtATime))
  }

  /** Resolves when the command has been carried out, and each file that it brought is kept or reported on. */
  async handle(command: FileCommand): Promise<void> {
    switch (command.type) {
      case 'addFiles':
        await this.addAll(command.files, this.adding)
        break
      case 'addText':
        await this.addAll([{ ...textFile(command), modality: 'text' }], this.adding)
        break
      case 'cancelFiles':
        this.cancelling.abort()
        this.cancelling = new AbortController()
        break
      case 'removeOwn':
        this.held.remove(command.ids)
        this.kept.remove(command.ids)
        break
      case 'labelOwn':
        this.held.label(command.modality, command.ids, command.label)
        this.kept.label(command.ids, command.label)
        break
      case 'restoreFiles':
        this.restoring = this.restore()
        await this.restoring
        break
    }
  }

  of(modality: ModalityName): Held {
    return this.held.of(modality)
  }

  /** Resolves when all that was kept from earlier visits is there again. */
  async restored(): Promise<void> {
    await this.restoring
  }

  /** Takes back what was kept, in its old order, in which a run goes on with it. */
  private async restore(): Promise<void> {
    const kept = await this.kept.recall()
    const first = this.held.reserve(kept.length)
    const files = kept.map(([key, { file, label, modality }], i) => {
      this.kept.know(first + i, key)
      return { file, label, modality, id: first + i }
    })
    await this.addAll(files, this.restoration)
  }

  private get adding(): Adding {
    return { news: this.news, signal: this.cancelling.signal }
  }

  private async addAll(files: readonly Added[], adding: Adding): Promise<void> {
    adding.news.expect(files.length)
    await Promise.all(files.map((file) => this.addOne(file, adding)))
  }

  private async addOne(added: Added, adding: Adding): Promise<void> {
    const { file } = added
    const { news, signal } = adding
    const reading: Reading = { signal, onProgress: (share) => news.progress(reading, share) }
    const one = { ...adding, added, reading }
    try {
      const refusal = await this.sortAndTake(one)
      if (refusal !== undefined) refuse(one, refusal)
    } catch (error) {
      refuse(one, unreadable(file.name, error))
    } finally {
      news.finished(reading)
    }
  }

  /** @returns a sentence, if the file cannot be used */
  private async sortAndTake(one: FileAdding): Promise<string | undefined> {
    const { added, reading } = one
    const route = added.modality ?? (await this.sorting.run(() => this.routeOf(added.file, reading)))
    if (route === undefined) return undefined
    if (typeof route !== 'string') return route.refusal
    return this.lanes[route].run(() => this.take(one, route))
  }

  private async routeOf(file: File, { signal }: Reading): Promise<ModalityName | Refusal | undefined> {
    return signal.aborted ? undefined : modalityOf(file, this.kinds)
  }

  /** @returns a sentence, if the file cannot be used */
  private async take(one: FileAdding, modality: ModalityName): Promise<string | undefined> {
    const { news, signal, reading } = one
    const { file } = one.added
    if (signal.aborted) return undefined
    const limit = this.held.limit(modality)
    if (limit !== undefined) {
      news.noRoom(file.name, limit)
      return undefined
    }
    const read = await this.kinds[modality].readFile(file, this.toolsFor(reading))
    if ('refusal' in read) return read.refusal
    this.keep(one, modality, read)
    return undefined
  }

  private keep({ added, news, signal }: FileAdding, modality: ModalityName, read: ReadFile<unknown>): void {
    if (signal.aborted) return
    const { file, label, id } = added
    const { parts, preview, notices } = read
    const held = this.held.keep(modality, read, label, id)
    if ('limit' in held) {
      news.noRoom(file.name, held.limit)
      return
    }
    news.added({ id: held.id, modality, file: file.name, label, parts, preview }, notices)
    if (id === undefined) this.kept.keep(held.id, { file, modality, label })
  }

  private toolsFor(reading: Reading): Tools {
    const { decodeSound } = this.tools
    return { ...this.tools, decodeSound: (sound, name) => decodeSound(sound, name, reading) }
  }
}

/** What becomes of a file after a cancel is of no interest. */
function refuse({ added, news, signal }: FileAdding, sentence: string): void {
  if (!signal.aborted) news.refused(added.file.name, sentence)
}

function textFile({ text, name }: AddText): FileToAdd {
  return { file: new File([text], name, { type: 'text/plain' }), label: '' }
}
