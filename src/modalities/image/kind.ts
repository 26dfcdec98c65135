import { unreadable } from '../../unreadable.ts'
import { withOthers, type HeldOut } from '../classes.ts'
import { brokenSet, defineKind, readBytes } from '../kind.ts'
import type { ReadFile, Refusal, SetName, Tools } from '../kind.ts'
import { kindOf } from '../sniff.ts'
import { damaged, HEAD_BYTES, isPicture, KEPT_SIDE, readHeader } from './decode.ts'
import { imageModality } from './modality.ts'
import { resampler } from './resample.ts'
import type { Pictures } from './samples.ts'
import { cutTiles, readManifest, SPRITE_FILES, type SpriteName } from './sets.ts'

interface Picture {
  readonly file: string
  /** `[KEPT_SIDE, KEPT_SIDE, 3]`, 8-bit RGB. */
  readonly rgb: Uint8Array
}

export const kind = defineKind<Pictures, Picture>({
  modality: imageModality,
  filesAtATime: 6,
  claims: (head) => isPicture(kindOf(head)),
  loadSet,
  readFile,
  collect: (pictures, classesNow) => ({
    side: KEPT_SIDE,
    images: pictures.map(({ rgb }) => rgb),
    labels: pictures.map(({ file }) => file),
    get classes() {
      return classesNow()
    },
  }),
  join,
})

function join(pictures: Pictures, others: Pictures): Pictures {
  const resample = resampler(others.side, pictures.side)
  return {
    side: pictures.side,
    images: [...pictures.images, ...others.images.map(resample)],
    labels: [...pictures.labels, ...others.labels],
    classes: withOthers(pictures.classes, pictures.images.length, others.images.length),
  }
}

async function loadSet(
  name: SetName,
  { fetchFile, decodePixels }: Tools,
  heldOut?: HeldOut,
): Promise<Pictures> {
  const set = name as SpriteName
  const path = SPRITE_FILES[set]
  const [manifest, picture] = await Promise.all([fetchFile(`${path}.json`), fetchFile(`${path}.webp`)])
  try {
    return cutTiles(
      readManifest(set, await manifest.json(), heldOut),
      await decodePixels(await picture.blob()),
    )
  } catch (error) {
    throw brokenSet(path, error)
  }
}

async function readFile(file: File, { decodeSquare }: Tools): Promise<ReadFile<Picture> | Refusal> {
  const { name } = file
  const head = await readBytes(file, HEAD_BYTES)
  if (head === undefined) return { refusal: unreadable(name) }
  const result = readHeader(name, head)
  if ('refusal' in result) return result
  const { width, height, animated } = result.header
  const square = await decodeSquare(file, { width, height, side: KEPT_SIDE }).catch(() => undefined)
  if (square === undefined) return { refusal: damaged(name) }
  return {
    item: { file: name, rgb: square.rgb },
    parts: 1,
    preview: { kind: 'picture', thumbnail: square.thumbnail },
    notices: animated ? [`“${name}” is an animation: its first frame is used.`] : [],
  }
}
