import type { Locator } from '@playwright/test'

export interface TestFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** Drops files on an element as a person would, with the events that a browser sends. */
export async function drop(target: Locator, files: readonly TestFile[]): Promise<void> {
  const plain = files.map(({ buffer, ...rest }) => ({ ...rest, bytes: [...buffer] }))
  const dataTransfer = await target.page().evaluateHandle((list) => {
    const transfer = new DataTransfer()
    for (const { name, mimeType, bytes } of list)
      transfer.items.add(new File([Uint8Array.from(bytes)], name, { type: mimeType }))
    return transfer
  }, plain)
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer })
}
