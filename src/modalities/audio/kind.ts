import { SAMPLE_RATE } from '../../config/audio.ts'
import { messageOf } from '../../messageOf.ts'
import { unreadable } from '../../unreadable.ts'
import { withOthers, type HeldOut } from '../classes.ts'
import { brokenSet, defineKind, readBytes } from '../kind.ts'
import type { ReadFile, Refusal, SetName, Tools } from '../kind.ts'
import { noticesOf, refuseSound, SOUND_HEAD_BYTES, soundKind } from './decode.ts'
import { audioModality } from './modality.ts'
import type { Recording, Recordings } from './samples.ts'
import { cutRecordings, readManifest, SOUND_FILES, type SoundSetName } from './sets.ts'

/** Of recordings that are held; they fill 115 MB an hour. */
const MOST_HOURS = 6

export const kind = defineKind<Recordings, Recording>({
  modality: audioModality,
  filesAtATime: 2, // one is decoded by the page while the other comes from there
  room: {
    amountOf: ({ samples }) => samples.length,
    most: MOST_HOURS * 3600 * SAMPLE_RATE,
    words: `${MOST_HOURS} hours of sound`,
  },
  claims: (head) => soundKind(head) !== undefined,
  loadSet,
  readFile,
  collect: (recordings, classesNow) => ({
    recordings,
    get classes() {
      return classesNow()
    },
  }),
  join: ({ recordings, classes }, others) => ({
    recordings: [...recordings, ...others.recordings],
    classes: withOthers(classes, recordings.length, others.recordings.length),
  }),
})

async function loadSet(
  name: SetName,
  { fetchFile, decodeSound }: Tools,
  heldOut?: HeldOut,
): Promise<Recordings> {
  const set = name as SoundSetName
  const path = SOUND_FILES[set]
  const [manifest, sound] = await Promise.all([fetchFile(`${path}.json`), fetchFile(`${path}.opus`)])
  try {
    const layout = readManifest(set, await manifest.json(), heldOut)
    return cutRecordings(layout, await decodeSound(await sound.blob(), `${path}.opus`))
  } catch (error) {
    throw brokenSet(path, error)
  }
}

async function readFile(file: File, { decodeSound }: Tools): Promise<ReadFile<Recording> | Refusal> {
  const { name, size } = file
  const head = await readBytes(file, SOUND_HEAD_BYTES)
  if (head === undefined) return { refusal: unreadable(name) }
  const refusal = refuseSound(name, size, head)
  if (refusal !== undefined) return { refusal }
  const decoded = await decodeSound(file, name).catch((error: unknown) => refused(error))
  if ('refusal' in decoded) return decoded
  const seconds = decoded.length / SAMPLE_RATE
  return {
    item: { label: name, samples: decoded },
    parts: Math.max(1, Math.floor(seconds)),
    preview: { kind: 'sound', seconds, peaks: peaksOf(decoded) },
    notices: noticesOf(name, decoded),
  }
}

/** The page refuses in sentences for the person. */
function refused(error: unknown): Refusal {
  return { refusal: messageOf(error) }
}

/** Columns of the small picture of a recording. */
const PEAKS = 64

/** The loudest sample of each stretch, 0 to 255. */
function peaksOf(samples: Int16Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: PEAKS }, (_, i) => {
    const stretch = samples.subarray(
      Math.floor((i * samples.length) / PEAKS),
      Math.floor(((i + 1) * samples.length) / PEAKS),
    )
    return stretch.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0) / 128.5
  })
}
