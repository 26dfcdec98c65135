import { beforeEach, describe, expect, it } from 'vitest'
import { addDropped, addListed, readDrop } from '../../../../src/app/data/intake.ts'
import { setClient } from '../../../../src/app/store/connection.ts'
import { useFiles } from '../../../../src/app/store/files.ts'
import type { Command } from '../../../../src/worker/protocol.ts'

const sent: Command[] = []

beforeEach(() => {
  sent.length = 0
  setClient({ send: (command) => sent.push(command), restart: () => undefined, dispose: () => undefined })
  useFiles.setState({ list: [], progress: null, refused: [], notices: [] })
})

describe('readDrop', () => {
  it('takes entries where the browser has them, files where it has not, and no text', () => {
    const png = new File(['x'], 'a.png')
    const folder = { name: 'photos' } as FileSystemEntry
    const items = [
      { kind: 'file', webkitGetAsEntry: () => folder, getAsFile: () => null },
      { kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => png },
      { kind: 'string', webkitGetAsEntry: () => null, getAsFile: () => null },
    ]
    const { entries, loose } = readDrop({ items: items as unknown as DataTransferItemList })
    expect(entries).toEqual([folder])
    expect(loose).toEqual([png])
  })
})

describe('adding', () => {
  it('sends what was found and lists what the browser refused', async () => {
    const locked = {
      name: 'locked.png',
      isFile: true,
      isDirectory: false,
      file: (_give: unknown, fail: (error: DOMException) => void) => fail(new DOMException()),
    } as unknown as FileSystemEntry
    const png = new File(['x'], 'a.png')
    await addDropped({ entries: [locked], loose: [png] })
    expect(sent).toEqual([{ type: 'addFiles', files: [png] }])
    expect(useFiles.getState().refused.map(({ file }) => file)).toEqual(['locked.png'])
    expect(useFiles.getState().progress).toMatchObject({ done: 0, total: 1 })
  })

  it('sends nothing for nothing: a paste of text', () => {
    addListed([])
    expect(sent).toEqual([])
    expect(useFiles.getState().progress).toBeNull()
  })
})
