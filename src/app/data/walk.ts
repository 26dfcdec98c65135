import type { FileRemark, FileToAdd } from '../../worker/protocol.ts'

/** The most files taken at once: what a browser's memory and a person's patience bear. */
export const MOST_FILES = 5000

/** What was found in dropped files and folders. */
export interface Found {
  /** Each with the name of its folder as its label. */
  readonly files: readonly FileToAdd[]
  /** What the browser would not open: a sentence each. */
  readonly problems: readonly FileRemark[]
}

/**
 * The files in dropped entries, folders within folders included, in the order of their names. Files that systems leave
 * in folders by themselves are passed over in silence. Stops at the most files, so that a whole disk can be dropped.
 */
export async function walk(entries: readonly FileSystemEntry[]): Promise<Found> {
  const files: FileToAdd[] = []
  const problems: FileRemark[] = []
  const waiting = inFolder('', entries)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { entry, folder } = next
    if (isSystemFile(entry.name)) continue
    if (files.length === MOST_FILES) return { files, problems: [...problems, tooMany(entry.name)] }
    try {
      if (isFolder(entry)) waiting.push(...inFolder(entry.name, await childrenOf(entry)))
      else files.push({ file: await fileOf(entry as FileSystemFileEntry), label: folder })
    } catch {
      problems.push({ file: entry.name, message: locked(entry) })
    }
  }
  return { files, problems }
}

/** Entries that wait for their turn, the first of them last. */
function inFolder(folder: string, entries: readonly FileSystemEntry[]) {
  return entries.map((entry) => ({ entry, folder })).reverse()
}

/** The same rules for files that come from a file input, which walks folders itself. */
export function fromList(list: Iterable<File>): Found {
  const files = [...list].filter((file) => !isSystemFile(file.name))
  const problems = files.length > MOST_FILES ? [tooMany(files[MOST_FILES].name)] : []
  return { files: files.slice(0, MOST_FILES).map((file) => ({ file, label: folderOf(file) })), problems }
}

/** The name of the folder that was chosen, or of that within it; empty for a file that was chosen by itself. */
function folderOf({ webkitRelativePath }: File): string {
  return webkitRelativePath.split('/').at(-2) ?? ''
}

function tooMany(file: string): FileRemark {
  const most = MOST_FILES.toLocaleString('en')
  const message = `“${file}” and what follows it were left out: ${most} files are the most at once. Drop a smaller folder, or the rest in a second go.`
  return { file, message, ofMore: true }
}

/** `.DS_Store`, `._photo.png`, `Thumbs.db` and their like. */
function isSystemFile(name: string): boolean {
  return name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini' || name === '__MACOSX'
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function locked(entry: FileSystemEntry): string {
  const kind = entry.isDirectory ? 'folder' : 'file'
  return `The browser may not read the ${kind} “${entry.name}”. Check its permissions, or copy it elsewhere and drop the copy.`
}

/** A reader gives a folder in parts (a hundred entries at a time in Chrome) and an empty part at its end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (part.length === 0) break
    children.push(...part)
  }
  return children.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}
