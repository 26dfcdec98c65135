import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { MODALITY_NAMES, type ModalityName } from '../config/modalities.ts'
import { roomLeft } from './room.ts'

/** A file of the person, as it came. */
export interface KeptFile {
  readonly file: File
  readonly modality: ModalityName
  /** What the person says it is; empty where they say nothing. */
  readonly label: string
}

interface Records extends DBSchema {
  /** In the order in which they came. Another version of the page may have written them. */
  files: { key: number; value: KeptFile }
}

/** The files of the person that this browser keeps, for all tabs together, in IndexedDB. */
export class FileStore {
  private readonly records: IDBPDatabase<Records>

  private constructor(records: IDBPDatabase<Records>) {
    this.records = records
  }

  /** @throws an error of the browser's where it keeps nothing for this site */
  static async open(): Promise<FileStore> {
    return new FileStore(
      await openDB<Records>('data2vec-files', 1, {
        upgrade: (fresh) => fresh.createObjectStore('files', { autoIncrement: true }),
      }),
    )
  }

  /** Bytes that the browser has left for this site. */
  room(): Promise<number> {
    return roomLeft()
  }

  /** Each with its key, the oldest first. What this version cannot use is left out. */
  async all(): Promise<(readonly [key: number, file: KeptFile])[]> {
    const { store, done } = this.records.transaction('files')
    const [keys, files] = await Promise.all([store.getAllKeys(), store.getAll(), done])
    return keys.map((key, i) => [key, files[i]] as const).filter(([, file]) => isUsable(file))
  }

  /**
   * @returns the keys
   * @throws a DOMException when there is no room
   */
  async add(files: readonly KeptFile[]): Promise<number[]> {
    const { store, done } = this.records.transaction('files', 'readwrite')
    const [keys] = await Promise.all([Promise.all(files.map((file) => store.add(file))), done])
    return keys
  }

  async remove(keys: readonly number[]): Promise<void> {
    const { store, done } = this.records.transaction('files', 'readwrite')
    await Promise.all([...keys.map((key) => store.delete(key)), done])
  }

  async label(keys: readonly number[], label: string): Promise<void> {
    const { store, done } = this.records.transaction('files', 'readwrite')
    for (const key of keys) {
      const before = await store.get(key)
      if (before) await store.put({ ...before, label }, key)
    }
    await done
  }
}

function isUsable({ file, modality, label }: Partial<KeptFile>): boolean {
  return file instanceof File && MODALITY_NAMES.some((name) => name === modality) && typeof label === 'string'
}
