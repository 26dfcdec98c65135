import { textModality } from '../../modalities/text/modality.ts'
import type { Passage, Passages } from '../../modalities/text/samples.ts'
import { readSet, TEXT_FILES, type TextSetName } from '../../modalities/text/sets.ts'
import { defineKind, type ReadFile, type Refusal, type SetName, type Tools } from '../kind.ts'
import { broken } from '../siteFiles.ts'
import { readTextFile } from '../textFiles.ts'

export const textKind = defineKind<Passages, readonly Passage[]>({
  modality: textModality,
  loadSet,
  readFile,
  collect: (files) => ({ passages: files.flat() }),
})

async function loadSet(name: SetName, { fetchFile }: Tools): Promise<Passages> {
  const set = name as TextSetName
  const contents = await fetchFile(TEXT_FILES[set])
  try {
    return readSet(set, await contents.json())
  } catch (error) {
    throw broken(TEXT_FILES[set], error)
  }
}

async function readFile(file: File): Promise<ReadFile<readonly Passage[]> | Refusal> {
  const read = await readTextFile(file)
  if ('refusal' in read) return read
  const { passages, excerpt, characters, notices } = read
  return { item: passages, parts: passages.length, preview: { kind: 'text', excerpt, characters }, notices }
}
