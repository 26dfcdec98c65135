import { KEPT_SIDE } from '../../modalities/image/decode.ts'
import { imageModality } from '../../modalities/image/modality.ts'
import type { Pictures } from '../../modalities/image/samples.ts'
import { cutTiles, readManifest, SPRITE_FILES, type SpriteName } from '../../modalities/image/sets.ts'
import { defineKind, type SetName, type Tools } from '../kind.ts'
import { broken } from '../siteFiles.ts'
import { decodePicture } from './pictureFile.ts'

interface Picture {
  readonly file: string
  /** `[64, 64, 3]`, 8-bit RGB. */
  readonly rgb: Uint8Array
}

export const imageKind = defineKind<Pictures, Picture>({
  modality: imageModality,
  loadSet,
  readFile: async (file) => {
    const picture = await decodePicture(file)
    if ('refusal' in picture) return picture
    const { rgb, thumbnail, notices } = picture
    return { item: { file: file.name, rgb }, parts: 1, preview: { kind: 'picture', thumbnail }, notices }
  },
  collect: (pictures) => ({
    side: KEPT_SIDE,
    images: pictures.map(({ rgb }) => rgb),
    labels: pictures.map(({ file }) => file),
  }),
})

async function loadSet(name: SetName, { fetchFile }: Tools): Promise<Pictures> {
  const sprite = name as SpriteName
  const path = SPRITE_FILES[sprite]
  const [manifest, picture] = await Promise.all([fetchFile(`${path}.json`), fetchFile(`${path}.webp`)])
  try {
    return cutTiles(readManifest(sprite, await manifest.json()), await pixelsOf(await picture.blob()))
  } catch (error) {
    throw broken(path, error)
  }
}

async function pixelsOf(blob: Blob): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(blob)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no 2D canvas')
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return context.getImageData(0, 0, canvas.width, canvas.height).data
}
