import { cutTiles, readManifest, SPRITE_FILES, type SpriteName } from '../modalities/image/sprites.ts'
import type { Pictures } from '../modalities/image/samples.ts'

/**
 * Fetches a sample set that comes with the page.
 * @param base address of the page
 * @throws an Error that names the file that is missing or broken
 */
export async function loadSprite(name: SpriteName, base: string): Promise<Pictures> {
  const path = new URL(SPRITE_FILES[name], base).href
  const [manifest, sprite] = await Promise.all([fetchFile(`${path}.json`), fetchFile(`${path}.webp`)])
  try {
    return cutTiles(readManifest(name, await manifest.json()), await pixelsOf(await sprite.blob()))
  } catch (error) {
    throw new Error(`The sample set at ${path} is broken. Reload the page, or choose another sample set.`, {
      cause: error,
    })
  }
}

async function fetchFile(url: string): Promise<Response> {
  const response = await fetch(url).catch(() => undefined)
  if (response?.ok) return response
  const why = response ? `the server answered ${response.status}` : 'the server did not answer'
  throw new Error(
    `The sample file ${url} could not be loaded: ${why}. Reload the page, or choose another sample set.`,
  )
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
