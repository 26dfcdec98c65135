import type { FileStore, KeptFile } from '../../src/checkpoint/fileStore.ts'

/** Keeps files as a browser does, for as long as a test runs. */
export class MemoryFiles implements Pick<FileStore, 'all' | 'add' | 'remove' | 'label' | 'room'> {
  readonly files = new Map<number, KeptFile>()
  left = Infinity
  private next = 1

  room(): Promise<number> {
    return Promise.resolve(this.left)
  }

  all(): Promise<(readonly [number, KeptFile])[]> {
    return Promise.resolve([...this.files])
  }

  add(files: readonly KeptFile[]): Promise<number[]> {
    const keys = files.map(() => this.next++)
    keys.forEach((key, i) => this.files.set(key, files[i]))
    return Promise.resolve(keys)
  }

  remove(keys: readonly number[]): Promise<void> {
    for (const key of keys) this.files.delete(key)
    return Promise.resolve()
  }

  label(keys: readonly number[], label: string): Promise<void> {
    for (const key of keys) {
      const file = this.files.get(key)
      if (file) this.files.set(key, { ...file, label })
    }
    return Promise.resolve()
  }
}
