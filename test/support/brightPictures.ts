import type { Pictures } from '../../src/modalities/image/samples.ts'
import { noisePictures } from './tinyRun.ts'

/** Noise, the red, green or blue of which is bright: three classes that are plain to see. The last are held out. */
export function brightPictures(count: number, heldOut: number): Pictures {
  const { side, images, labels } = noisePictures(count, 8)
  const of = images.map((_, i) => i % 3)
  const brighten = (image: Uint8Array, i: number) =>
    image.map((value, at) => (at % 3 === of[i] ? 155 + value / 3 : value / 3))
  const classes = { names: ['red', 'green', 'blue'], of, subjectOf: of.map((_, i) => i), heldOut }
  return { side, images: images.map(brighten), labels, classes }
}
