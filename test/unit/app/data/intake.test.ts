import { beforeEach, describe, expect, it } from 'vitest'
import { addDropped, addListed, addPasted, readDrop } from '../../../../src/app/data/intake.ts'
import { setClient } from '../../../../src/app/store/connection.ts'
import { useFiles } from '../../../../src/app/store/files.ts'
import type { Command } from '../../../../src/worker/protocol.ts'
import { browserFile } from '../../../support/browserFile.ts'
import { resetStores } from '../../../support/stores.ts'

const sent: Command[] = []

beforeEach(() => {
  sent.length = 0
  setClient({ send: (command) => sent.push(command), restart: () => undefined, dispose: () => undefined })
  resetStores()
})

describe('readDrop', () => {
  it('takes entries where the browser has them, files where it has not, and no text', () => {
    const png = browserFile('a.png')
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
    const png = browserFile('a.png')
    await addDropped({ entries: [locked], loose: [png] })
    expect(sent).toEqual([{ type: 'addFiles', files: [{ file: png, label: '' }] }])
    expect(useFiles.getState().refused.map(({ file }) => file)).toEqual(['locked.png'])
    expect(useFiles.getState().progress).toMatchObject({ done: 0, total: 1 })
  })

  it('hands runs to the runs, and nothing else', () => {
    const [png, file] = [browserFile('a.png'), browserFile('Mine.SafeTensors')]
    addListed([file, png])
    expect(sent).toEqual([
      { type: 'importRun', file },
      { type: 'addFiles', files: [{ file: png, label: '' }] },
    ])
    expect(useFiles.getState().progress).toMatchObject({ total: 1 })
  })

  it('sends nothing for nothing', () => {
    addListed([])
    expect(sent).toEqual([])
    expect(useFiles.getState().progress).toBeNull()
  })
})

describe('pasting', () => {
  const png = browserFile('a.png')
  const pasted = (text: string, ...list: File[]) => ({
    files: list as unknown as FileList,
    getData: () => text,
  })

  it('adds files, and a text under a name of its own', () => {
    expect(addPasted(pasted('', png), false)).toBe(true)
    expect(addPasted(pasted('Call me Ishmael.'), false)).toBe(true)
    expect(sent).toEqual([
      { type: 'addFiles', files: [{ file: png, label: '' }] },
      { type: 'addText', name: 'Pasted text 1', text: 'Call me Ishmael.' },
    ])
  })

  it('leaves a text to the field that is being typed into, but not a file, which a field cannot take', () => {
    expect(addPasted(pasted('0.5'), true)).toBe(false)
    expect(addPasted(pasted('formatted text', png), true)).toBe(false)
    expect(sent).toEqual([])
    expect(addPasted(pasted('', png), true)).toBe(true)
  })

  it('adds nothing for an empty clipboard', () => {
    expect(addPasted(pasted(' \n'), false)).toBe(false)
    expect(sent).toEqual([])
  })
})
