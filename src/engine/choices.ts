import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

interface Choices extends DBSchema {
  /** By adapter. */
  choices: { key: string; value: unknown }
}

/** What was measured is kept in the browser, by adapter; a browser that keeps nothing measures each time. */
let opened: Promise<IDBPDatabase<Choices>> | undefined

function database(): Promise<IDBPDatabase<Choices>> | undefined {
  if (typeof indexedDB === 'undefined') return undefined
  opened ??= openDB<Choices>('data2vec-gpu', 1, {
    upgrade: (fresh) => void fresh.createObjectStore('choices'),
  })
  return opened
}

/** What was remembered of an adapter, whatever it is; undefined if nothing. */
export async function recall(adapter: string): Promise<unknown> {
  try {
    return await (await database())?.get('choices', adapter)
  } catch {
    return undefined // private windows may refuse
  }
}

export async function remember(adapter: string, choices: Record<string, string>): Promise<void> {
  try {
    await (await database())?.put('choices', choices, adapter)
  } catch {
    // measured again next time
  }
}
