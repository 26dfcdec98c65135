import { FileStore, type KeptFile } from '../checkpoint/fileStore.ts'
import { QUOTA_EXCEEDED } from '../checkpoint/tensorFiles.ts'
import { filesNotKept } from './keepingWords.ts'
import type { OwnSample } from './protocol.ts'

/** Opens what keeps files. Rejects where the browser stores nothing for this site. */
export type OpenFileStore = () => Promise<Pick<FileStore, 'all' | 'add' | 'remove' | 'label' | 'room'>>

/** So many bytes are left to runs, whose weights cannot be had again. */
const LEFT_TO_RUNS = 64e6

/** Keeps the files of the person for their next visit, beside the work on them. Files are used whether they are kept or not. */
export class KeptFiles {
  private readonly openStore: OpenFileStore
  private readonly onNotKept: (message: string) => void
  private opened: ReturnType<OpenFileStore> | undefined
  /** The key of each file that is kept. */
  private readonly keys = new Map<OwnSample['id'], number>()
  private readonly waiting = new Map<OwnSample['id'], KeptFile>()
  private queue: Promise<void> = Promise.resolve()
  private failed = false

  /** @param onNotKept gets a sentence, once until files are kept again */
  constructor(onNotKept: (message: string) => void, openStore: OpenFileStore = () => FileStore.open()) {
    this.onNotKept = onNotKept
    this.openStore = openStore
  }

  /** All that were kept before, the oldest first; none where the browser stores nothing. */
  async recall(): Promise<(readonly [key: number, file: KeptFile])[]> {
    return this.store.then((store) => store.all()).catch(() => [])
  }

  /** This tab calls a file that is kept so. */
  know(id: OwnSample['id'], key: number): void {
    this.keys.set(id, key)
  }

  /** Keeps a file. Those that come while others are being written are written together. */
  keep(id: OwnSample['id'], file: KeptFile): void {
    this.waiting.set(id, file)
    if (this.waiting.size === 1) this.enqueue(() => this.write())
  }

  remove(ids: readonly OwnSample['id'][]): void {
    this.enqueue(async () => (await this.store).remove(this.keysOf(ids)))
  }

  label(ids: readonly OwnSample['id'][], label: string): void {
    this.enqueue(async () => (await this.store).label(this.keysOf(ids), label))
  }

  /** Resolves when nothing waits to be written. */
  async settled(): Promise<void> {
    await this.queue
  }

  private get store(): ReturnType<OpenFileStore> {
    this.opened ??= this.openStore()
    return this.opened
  }

  private keysOf(ids: readonly OwnSample['id'][]): number[] {
    return ids.flatMap((id) => this.keys.get(id) ?? [])
  }

  private enqueue(work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch((error: unknown) => this.fail(error))
  }

  private async write(): Promise<void> {
    const [ids, files] = [[...this.waiting.keys()], [...this.waiting.values()]]
    this.waiting.clear()
    const store = await this.store
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
    if ((await store.room()) < bytes + LEFT_TO_RUNS)
      throw new DOMException('Runs need the rest.', QUOTA_EXCEEDED)
    const keys = await store.add(files)
    ids.forEach((id, i) => this.know(id, keys[i]))
    this.failed = false
  }

  private fail(error: unknown): void {
    if (!this.failed) this.onNotKept(filesNotKept(error))
    this.failed = true
  }
}
