import { unreadable } from '../../unreadable.ts'
import { classesOfParts, withOthers, type Classes, type HeldOut } from '../classes.ts'
import { decodeText, isText, MOST_BYTES } from './decode.ts'
import { textModality } from './modality.ts'
import type { Passage, Passages } from './samples.ts'
import { readSet, TEXT_FILES, type TextSetName } from './sets.ts'
import {
  brokenSet,
  defineKind,
  readBytes,
  type ReadFile,
  type Refusal,
  type SetName,
  type Tools,
} from '../kind.ts'

/** Characters; they fill 50 to 100 MB. */
const MOST_HELD = 50_000_000

export const kind = defineKind<Passages, readonly Passage[]>({
  modality: textModality,
  filesAtATime: 6,
  room: {
    amountOf: (passages) => passages.reduce((sum, { text }) => sum + text.length, 0),
    most: MOST_HELD,
    words: `${MOST_HELD / 1e6} million characters`,
  },
  claims: isText,
  loadSet,
  readFile,
  collect,
  join: ({ passages, classes }, others) => ({
    passages: [...passages, ...others.passages],
    classes: withOthers(classes, passages.length, others.passages.length),
  }),
})

/** All passages of a file are of its class. */
function collect(files: readonly (readonly Passage[])[], classesNow: () => Classes | undefined): Passages {
  const fileOf = files.flatMap((passages, file) => passages.map(() => file))
  return {
    passages: files.flat(),
    get classes() {
      const classes = classesNow()
      return classes && classesOfParts(classes, fileOf)
    },
  }
}

async function loadSet(name: SetName, { fetchFile }: Tools, heldOut?: HeldOut): Promise<Passages> {
  const set = name as TextSetName
  const contents = await fetchFile(TEXT_FILES[set])
  try {
    return readSet(set, await contents.json(), heldOut)
  } catch (error) {
    throw brokenSet(TEXT_FILES[set], error)
  }
}

async function readFile(file: File): Promise<ReadFile<readonly Passage[]> | Refusal> {
  const bytes = await readBytes(file, MOST_BYTES)
  if (bytes === undefined) return { refusal: unreadable(file.name) }
  const read = await decodeText(file.name, bytes, file.size)
  if ('refusal' in read) return read
  const { passages, excerpt, characters, notices } = read
  return { item: passages, parts: passages.length, preview: { kind: 'text', excerpt, characters }, notices }
}
