import type { FileToAdd } from '../../worker/protocol.ts'
import { RUN_FILE } from '../../config/storage.ts'
import { files, useFiles } from '../store/files.ts'
import { kept } from '../store/kept.ts'
import { fromList, walk, type Found } from './walk.ts'

/**
 * What a drop carries, taken at once: the browser empties a DataTransfer when its event is over.
 * `loose` are files without an entry, as a script or an older browser gives them.
 */
export interface Dropped {
  readonly entries: readonly FileSystemEntry[]
  readonly loose: readonly File[]
}

export function readDrop({ items }: Pick<DataTransfer, 'items'>): Dropped {
  const entries: FileSystemEntry[] = []
  const loose: File[] = []
  for (const item of items) {
    if (item.kind !== 'file') continue
    const entry = item.webkitGetAsEntry()
    const file = entry === null ? item.getAsFile() : null
    if (entry !== null) entries.push(entry)
    if (file !== null) loose.push(file)
  }
  return { entries, loose }
}

/** The files of all that was dropped, folders walked to their ends. */
export async function filesOf({ entries, loose }: Dropped): Promise<Found> {
  const walked = await walk(entries)
  const listed = fromList(loose)
  return {
    files: [...walked.files, ...listed.files],
    problems: [...walked.problems, ...listed.problems],
  }
}

/** Adds all that was dropped. */
export async function addDropped(dropped: Dropped): Promise<void> {
  add(await filesOf(dropped))
}

/**
 * Adds what was pasted: files, else a text. A field that is being typed into keeps the text for itself.
 * @returns whether anything was added
 */
export function addPasted(pasted: Pick<DataTransfer, 'files' | 'getData'>, intoField: boolean): boolean {
  const text = pasted.getData('text/plain')
  if (intoField && text !== '') return false
  if (pasted.files.length > 0) addListed(pasted.files)
  else if (text.trim() !== '') files.addText(text)
  else return false
  return true
}

/** Adds files that were chosen in a dialog. */
export function addListed(list: Iterable<File>): void {
  add(fromList(list))
}

/** Runs go to the runs. What the browser itself would not give is listed with what the worker refuses. */
function add({ files: found, problems }: Found): void {
  if (problems.length > 0) useFiles.setState(({ refused }) => ({ refused: [...refused, ...problems] }))
  kept.import(found.filter(isRun).map(({ file }) => file))
  files.add(found.filter((each) => !isRun(each)))
}

function isRun({ file }: FileToAdd): boolean {
  return file.name.toLowerCase().endsWith(RUN_FILE)
}
