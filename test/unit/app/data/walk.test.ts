import { describe, expect, it } from 'vitest'
import { fromList, MOST_FILES, walk } from '../../../../src/app/data/walk.ts'
import { browserFile } from '../../../support/browserFile.ts'

describe('walk', () => {
  it('finds files in folders within folders, in the order of their names', async () => {
    const { files, problems } = await walk([
      folder('photos', [file('10.png'), file('2.png'), folder('1 older', [file('a.png')])]),
      file('alone.png'),
    ])
    expect(files.map(({ file }) => file.name)).toEqual(['a.png', '2.png', '10.png', 'alone.png'])
    expect(problems).toEqual([])
  })

  it('reads a folder to its end, although the browser gives it in parts', async () => {
    const { files } = await walk([folder('many', manyFiles(250))])
    expect(files).toHaveLength(250)
  })

  it('passes over what systems leave in folders', async () => {
    const leftovers = ['.DS_Store', '._photo.png', 'Thumbs.db', 'desktop.ini'].map((name) => file(name))
    const { files } = await walk([
      folder('zip', [...leftovers, folder('__MACOSX', [file('b.png')]), file('a.png')]),
    ])
    expect(files.map(({ file }) => file.name)).toEqual(['a.png'])
  })

  it('names a folder and a file that cannot be read, and keeps the rest', async () => {
    const { files, problems } = await walk([
      refusing(folder('locked', [])),
      refusing(file('locked.png')),
      file('open.png'),
    ])
    expect(files.map(({ file }) => file.name)).toEqual(['open.png'])
    expect(problems.map(({ file }) => file)).toEqual(['locked', 'locked.png'])
    expect(problems[0].message).toContain('the folder “locked”')
    expect(problems[1].message).toContain('the file “locked.png”')
  })

  it('takes an empty folder for nothing', async () => {
    expect(await walk([folder('empty', [])])).toEqual({ files: [], problems: [] })
  })

  it('stops at the most files and names the first that was left out', async () => {
    const { files, problems } = await walk([folder('huge', manyFiles(MOST_FILES + 1200)), file('next.png')])
    expect(files).toHaveLength(MOST_FILES)
    expect(problems.map(({ file }) => file)).toEqual([`${MOST_FILES}.png`])
  })

  it('takes exactly the most files without a word', async () => {
    const { files, problems } = await walk([folder('full', manyFiles(MOST_FILES))])
    expect(files).toHaveLength(MOST_FILES)
    expect(problems).toEqual([])
  })
})

describe('labels', () => {
  it('are the names of the folders that files are in; a file by itself has none', async () => {
    const { files } = await walk([
      folder('animals', [folder('cat', [file('1.png')]), folder('dog', [file('2.png')]), file('zoo.png')]),
      file('alone.png'),
    ])
    expect(files.map(({ file, label }) => [file.name, label])).toEqual([
      ['1.png', 'cat'],
      ['2.png', 'dog'],
      ['zoo.png', 'animals'],
      ['alone.png', ''],
    ])
  })

  it('are the same for a folder that is chosen in a dialog', () => {
    const { files } = fromList([browserFile('1.png', 'animals/cat/1.png'), browserFile('2.png')])
    expect(files.map(({ label }) => label)).toEqual(['cat', ''])
  })
})

describe('fromList', () => {
  it('passes over system files, which a folder chosen in a dialog contains, too', () => {
    const { files } = fromList([browserFile('.DS_Store'), browserFile('a.png')])
    expect(files.map(({ file }) => file.name)).toEqual(['a.png'])
  })

  it('stops at the most files, too', () => {
    const list = Array.from({ length: MOST_FILES + 1 }, (_, i) => browserFile(`${i}.png`))
    const { files, problems } = fromList(list)
    expect(files).toHaveLength(MOST_FILES)
    expect(problems.map(({ file }) => file)).toEqual([`${MOST_FILES}.png`])
  })
})

function manyFiles(count: number): FileSystemFileEntry[] {
  return Array.from({ length: count }, (_, i) => file(`${i}.png`))
}

// Entries as the browser gives them: callbacks, and a folder in parts of at most 100 entries.

function file(name: string): FileSystemFileEntry {
  const content = new File(['x'], name)
  return entry(name, { isFile: true, file: (give: FileCallback) => give(content) }) as FileSystemFileEntry
}

function folder(name: string, children: readonly FileSystemEntry[]): FileSystemDirectoryEntry {
  const createReader = () => {
    const rest = [...children]
    return { readEntries: (give: FileSystemEntriesCallback) => give(rest.splice(0, 100)) }
  }
  return entry(name, { isDirectory: true, createReader }) as FileSystemDirectoryEntry
}

function refusing(of: FileSystemEntry): FileSystemEntry {
  const refuse = (_give: unknown, fail: ErrorCallback) => fail(new DOMException('', 'NotReadableError'))
  return Object.assign(of, { file: refuse, createReader: () => ({ readEntries: refuse }) })
}

function entry(name: string, rest: object): FileSystemEntry {
  return { name, isFile: false, isDirectory: false, fullPath: `/${name}`, ...rest } as FileSystemEntry
}
