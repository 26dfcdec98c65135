import { createStore, get, set, type UseStore } from 'idb-keyval'

/** What was measured is kept in the browser, by adapter; a browser that keeps nothing measures each time. */
let opened: UseStore | undefined

function store(): UseStore | undefined {
  if (typeof indexedDB === 'undefined') return undefined
  opened ??= createStore('data2vec-gpu', 'choices')
  return opened
}

/** What was remembered of an adapter, whatever it is; undefined if nothing. */
export async function recall(adapter: string): Promise<unknown> {
  try {
    const open = store()
    return open && (await get<unknown>(adapter, open))
  } catch {
    return undefined // private windows may refuse
  }
}

export async function remember(adapter: string, choices: Record<string, string>): Promise<void> {
  try {
    const open = store()
    if (open) await set(adapter, choices, open)
  } catch {
    // measured again next time
  }
}
