import type { KeptRun } from '../checkpoint/keptRun.ts'
import { RunStore, type Loaded } from '../checkpoint/runStore.ts'
import { runsElsewhere, takenRuns, takeRun, type Release } from '../checkpoint/tabs.ts'
import { LONGEST_NOTE, MOST_RUN_BYTES, RUN_FILE } from '../config/storage.ts'
import { messageOf } from '../messageOf.ts'
import { NOTHING_STORED, tooLarge, whyNotImported } from './keepingWords.ts'
import type {
  ImportedEvent,
  ImportRefusedEvent,
  KeptCommand,
  KeptFailureEvent,
  RunFileEvent,
  RunRowsEvent,
  RunsEvent,
} from './protocol.ts'

type KeptEvent =
  RunsEvent | RunFileEvent | RunRowsEvent | ImportedEvent | ImportRefusedEvent | KeptFailureEvent

const USED_ELSEWHERE =
  'Another tab works with this run. Go on with it there, or close that tab and try again.'
const GONE = 'This run cannot be taken back any more: another tab has removed it for good.'

/** Opens what keeps runs. Rejects where the browser stores nothing for this site. */
export type OpenStore = () => Promise<RunStore>

/** A run that belongs to this tab until it is released. */
export interface Taken {
  readonly release: Release
  readonly loaded: Loaded
}

/** The runs that the browser keeps, for all tabs together: which there are, and which of them this tab has. */
export class KeptRuns {
  private readonly emit: (event: KeptEvent) => void
  private readonly openStore: OpenStore
  private opened: Promise<RunStore> | undefined
  private readonly mine = new Set<KeptRun['id']>()
  /** Only a fresh worker waits for the one before it to let go of its runs. */
  private isFresh = true

  constructor(emit: (event: KeptEvent) => void, openStore: OpenStore = () => RunStore.open()) {
    this.emit = emit
    this.openStore = openStore
  }

  /** Rejects, each time that it is asked for, where the browser stores nothing for this site. */
  get store(): Promise<RunStore> {
    this.opened ??= this.open()
    return this.opened
  }

  /** Resolves when the command has been carried out, or has failed and said so. */
  async handle(command: KeptCommand): Promise<void> {
    const store = await this.store.catch(() => undefined) // a run that begins says that nothing is kept
    if (store === undefined) {
      if (command.type === 'importRun') this.refuse(command.file, new Error(NOTHING_STORED))
      this.emit({ type: 'runs', runs: [] })
      return
    }
    try {
      await this.carryOut(command, store)
    } catch (error) {
      this.fail(messageOf(error))
    }
  }

  private async carryOut(command: KeptCommand, store: RunStore): Promise<void> {
    switch (command.type) {
      case 'exportRun':
        await this.export(command.id, store)
        return
      case 'readRun': {
        this.emit({ type: 'runRows', id: command.id, ...(await store.measured(command.id)) })
        return
      }
      case 'deleteRun':
        await this.delete(command.id, store)
        break
      case 'recallRun':
        if (!(await store.mark(command.id, { deletedAt: null }))) this.fail(GONE)
        break
      case 'noteRun':
        await store.mark(command.id, { note: command.note.slice(0, LONGEST_NOTE) })
        break
      case 'duplicateRun':
        await this.add(await store.export(command.id), store)
        break
      case 'importRun':
        await this.import(command.file, store)
        break
      case 'listRuns':
        break
    }
    const isPatient = this.isFresh
    this.isFresh = false
    const elsewhere = await this.elsewhere(isPatient)
    const runs = await store.list()
    this.emit({ type: 'runs', runs: runs.map((run) => ({ ...run, isElsewhere: elsewhere.has(run.id) })) })
  }

  /** What another tab trains is not deleted under its hands: all that it does from then on would be lost. */
  private async delete(id: KeptRun['id'], store: RunStore): Promise<void> {
    if ((await this.elsewhere(false)).has(id)) this.fail(USED_ELSEWHERE)
    else await store.mark(id, { deletedAt: Date.now() })
  }

  private elsewhere(isPatient: boolean): Promise<Set<string>> {
    return runsElsewhere((id) => this.mine.has(id), isPatient)
  }

  private fail(message: string): void {
    this.emit({ type: 'keptFailure', message })
  }

  private async export(id: KeptRun['id'], store: RunStore): Promise<void> {
    const run = (await store.list()).find((each) => each.id === id)
    if (run === undefined) return // deleted meanwhile
    const file = new Blob([await store.export(id)], { type: 'application/octet-stream' })
    this.emit({
      type: 'runFile',
      name: `data2vec-${run.modality}-${run.preset}-${run.step}${RUN_FILE}`,
      file,
    })
  }

  private async import(file: File, store: RunStore): Promise<void> {
    try {
      if (file.size > MOST_RUN_BYTES) throw new Error(tooLarge(file.size))
      const run = await this.add(new Uint8Array(await file.arrayBuffer()), store)
      this.emit({ type: 'imported', run })
    } catch (error) {
      this.refuse(file, error)
    }
  }

  /** Keeps a run that comes as one file. It is taken meanwhile, or another tab that opens would find a file without a record. */
  private async add(bytes: Uint8Array, store: RunStore): Promise<KeptRun> {
    const id = crypto.randomUUID()
    const release = await this.take(id)
    try {
      return await store.import(bytes, { id, begunAt: Date.now() })
    } finally {
      release()
    }
  }

  private refuse(file: File, error: unknown): void {
    const message = whyNotImported(file.name, error)
    this.emit({ type: 'importRefused', remark: { file: file.name, message } })
  }

  /**
   * Takes a kept run for this tab, to go on with it.
   * @throws an Error whose message is for the person
   */
  async goOn(id: KeptRun['id']): Promise<Taken> {
    const release = await this.take(id)
    try {
      return { loaded: await (await this.store).load(id), release }
    } catch (error) {
      release()
      throw error
    }
  }

  /**
   * Takes a run for this tab alone.
   * @throws an Error whose message is for the person
   */
  async take(id: KeptRun['id']): Promise<Release> {
    const release = await takeRun(id)
    if (release === undefined) throw new Error(USED_ELSEWHERE)
    this.mine.add(id)
    return () => {
      this.mine.delete(id)
      release()
    }
  }

  private async open(): Promise<RunStore> {
    const store = await this.openStore()
    const taken = await takenRuns()
    // What cannot be deleted now, since another tab uses it, is deleted at another visit.
    await store.tidy(Date.now(), (id) => taken.has(id)).catch(() => undefined)
    return store
  }
}
