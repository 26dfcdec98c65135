import type { Noun } from '../../config/about.ts'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import type { OwnSample } from '../../worker/protocol.ts'
import { formatCount, formatDuration } from '../components/format.ts'
import { partsOf } from '../store/changes.ts'
import type { Progress } from '../store/files.ts'

/** “1 image”, “1,240 recordings”. */
export function countFiles(modality: ModalityName, count: number): string {
  return countOf(MODALITIES[modality].file, count)
}

/** “1 of 3 files read”, whatever share of the next has been read. */
export function progressOf({ done, total }: Progress): string {
  return `${formatCount(Math.floor(done))} of ${countOf(FILE, total)} read`
}

const FILE: Noun = { one: 'file', many: 'files' }

/** How much there is of a modality: “3 recordings, 2:04”, “2 texts, 310 passages”. */
export function amountOf(modality: ModalityName, own: readonly OwnSample[]): string {
  const files = countFiles(modality, own.length)
  switch (MODALITIES[modality].shownAs) {
    case 'picture':
      return files
    case 'sound':
      return `${files}, ${formatDuration(own.reduce((sum, { preview }) => sum + secondsOf(preview), 0))}`
    case 'text':
      return `${files}, ${countOf(PASSAGE, partsOf(own))}`
  }
}

/** What is said of one file besides its name; nothing of an image, which is seen. */
export function sizeOf({ preview, parts }: OwnSample): string {
  switch (preview.kind) {
    case 'picture':
      return ''
    case 'sound':
      return formatDuration(preview.seconds)
    case 'text':
      return countOf(PASSAGE, parts)
  }
}

/** “rex.png, dog”: what a file is called, and what the person says it is. */
export function nameOf({ file, label }: OwnSample): string {
  return label === '' ? file : `${file}, ${label}`
}

const PASSAGE: Noun = { one: 'passage', many: 'passages' }

function secondsOf(preview: OwnSample['preview']): number {
  return preview.kind === 'sound' ? preview.seconds : 0
}

function countOf({ one, many }: Noun, count: number): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
