/** What TypeScript's library for pages leaves out, because workers alone may use it. */
interface WorkerFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncAccessHandle>
}

interface SyncAccessHandle {
  write(bytes: Uint8Array<ArrayBuffer>): number
  truncate(size: number): void
  flush(): void
  close(): void
}

/** Files in a folder of the browser's own storage for this site (OPFS). For workers. */
export class TensorFiles {
  private readonly folder: FileSystemDirectoryHandle

  private constructor(folder: FileSystemDirectoryHandle) {
    this.folder = folder
  }

  /** @throws a DOMException or TypeError where the browser keeps nothing for this site */
  static async open(name: string): Promise<TensorFiles> {
    const root = await navigator.storage.getDirectory()
    return new TensorFiles(await root.getDirectoryHandle(name, { create: true }))
  }

  /** Replaces the file. Once this has resolved its bytes are on the disk. */
  async write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const file = (await this.folder.getFileHandle(name, { create: true })) as WorkerFileHandle
    const handle = await file.createSyncAccessHandle()
    try {
      handle.truncate(0)
      if (handle.write(bytes) !== bytes.length) throw new DOMException('Not all was written.', QUOTA_EXCEEDED)
      handle.flush()
    } finally {
      handle.close()
    }
  }

  /** Undefined if there is no such file. */
  async read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const file = await this.ifThere(() => this.folder.getFileHandle(name))
    return file && new Uint8Array(await (await file.getFile()).arrayBuffer())
  }

  async remove(name: string): Promise<void> {
    await this.ifThere(() => this.folder.removeEntry(name))
  }

  async names(): Promise<string[]> {
    const names: string[] = []
    for await (const name of this.folder.keys()) names.push(name)
    return names
  }

  private async ifThere<Found>(find: () => Promise<Found>): Promise<Found | undefined> {
    try {
      return await find()
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return undefined
      throw error
    }
  }
}

/** What browsers call it when a site's share of the disk is used up. */
export const QUOTA_EXCEEDED = 'QuotaExceededError'
