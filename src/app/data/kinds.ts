import type { ModalityName } from '../../config/modalities.ts'
import { formatCount } from '../components/format.ts'
import { MOST_FILES } from './walk.ts'

/** What can be added for a modality. */
interface Kind {
  /** Of a file input: it greys out what is certainly something else; other kinds may be dropped all the same. */
  readonly accept: string
  readonly hint: string
}

const MOST = `up to ${formatCount(MOST_FILES)} at once, anywhere on the page`

export const KINDS: Readonly<Record<ModalityName, Kind>> = {
  image: {
    accept: 'image/png,image/jpeg,image/webp,image/gif,image/avif',
    hint: `Images or whole folders, ${MOST}. Pasting works, too.`,
  },
  audio: {
    accept: 'audio/*,video/webm,video/mp4,.wav,.mp3,.ogg,.oga,.opus,.flac,.m4a,.aac,.weba',
    hint: `Recordings of speech, music or anything else, or whole folders, ${MOST}.`,
  },
  text: {
    accept: 'text/*,.txt,.md,.html,.htm,.xhtml,.xml,.csv,.tsv,.json,.jsonl,.ndjson',
    hint: `Text files or whole folders, ${MOST}. Pasting works, too.`,
  },
}
