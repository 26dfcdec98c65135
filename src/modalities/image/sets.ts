import { z } from 'zod'
import type { Config } from '../../config/schema.ts'
import { classesOf, holdOut, type Classes, type Classified, type HeldOut } from '../classes.ts'
import type { Pictures } from './samples.ts'

/** The sample sets that come with the page; each is a sprite and a manifest of the same name. */
export type SpriteName = Extract<Config['samples'], 'emoji' | 'fashion'>

export const SPRITE_FILES: Readonly<Record<SpriteName, string>> = {
  emoji: 'samples/images/emoji',
  fashion: 'samples/images/fashion-mnist',
}

/** Left out: a middle finger. The playground is for classrooms, too. */
const UNWANTED_EMOJI = '\u{1F595}'

const sheet = z.object({
  size: z.int().positive(),
  columns: z.int().positive(),
  classes: z.array(z.string()).min(1),
  /** One digit a tile. */
  labels: z.string().regex(/^\d+$/),
})

const emojiSheet = sheet.extend({
  styles: z.array(z.string()),
  style: z.string().regex(/^\d+$/),
  /** Which emoji each tile draws. */
  id: z.array(z.int().nonnegative()),
  emoji: z.array(z.string()),
})

const fashionSheet = sheet.extend({
  /** How many of the first tiles are for training; the rest are for testing. */
  train: z.int().positive(),
})

/** Where a sprite's tiles lie, which of them to use and what they are called. */
export interface SpriteLayout {
  /** Side of a tile in pixels. */
  readonly side: number
  readonly columns: number
  readonly tiles: readonly Tile[]
  readonly classes: Classes
}

interface Tile {
  readonly index: number
  readonly label: string
}

/** @throws if the manifest does not describe such a sprite */
export function readManifest(name: SpriteName, manifest: unknown, heldOut?: HeldOut): SpriteLayout {
  return name === 'emoji' ? emojiLayout(manifest, heldOut) : fashionLayout(manifest)
}

/** Cuts the wanted tiles out of a sprite. `rgba` is `[rows · side, columns · side, 4]`. */
export function cutTiles({ side, columns, tiles, classes }: SpriteLayout, rgba: Uint8ClampedArray): Pictures {
  const pixelsWide = columns * side
  const last = Math.max(...tiles.map(({ index }) => index))
  const rows = Math.floor(last / columns) + 1
  if (rgba.length < rows * side * pixelsWide * 4)
    throw new Error(`its picture holds fewer than ${last + 1} tiles of ${side} px`)
  const images = tiles.map(({ index }) => {
    const top = Math.floor(index / columns) * side
    const left = (index % columns) * side
    const image = new Uint8Array(side * side * 3)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const from = ((top + y) * pixelsWide + left + x) * 4
        image.set(rgba.subarray(from, from + 3), (y * side + x) * 3)
      }
    return image
  })
  return { side, images, labels: tiles.map(({ label }) => label), classes }
}

/** Who has drawn emoji in a style. */
const STYLES: Readonly<Record<string, string>> = {
  twemoji: 'Twemoji',
  noto: 'Noto Emoji',
  fluent3d: 'Fluent Emoji',
}

/** One emoji in several styles is one subject. */
function emojiLayout(manifest: unknown, what: HeldOut | undefined): SpriteLayout {
  const { size, columns, classes, labels, id, emoji, style, styles } = emojiSheet.parse(manifest)
  const all = id.map((drawn, index) => ({
    index,
    label: `${emoji[drawn]} (${STYLES[styles[Number(style[index])]]})`,
    class: Number(labels[index]),
    subject: drawn,
    style: Number(style[index]),
  }))
  const wanted = all.filter(({ label }) => !label.startsWith(UNWANTED_EMOJI))
  const { samples, heldOut } = holdOut(wanted, what)
  const layout = layoutOf({ size, columns, classes }, samples, heldOut)
  return { ...layout, classes: { ...layout.classes, styleOf: samples.map(({ style }) => style) } }
}

/** Each picture is a subject of its own. */
function fashionLayout(manifest: unknown): SpriteLayout {
  const { classes, labels, train, ...sheet } = fashionSheet.parse(manifest)
  const tiles = Array.from(labels, (digit, index) => ({
    index,
    label: classes[Number(digit)],
    class: Number(digit),
    subject: index,
  }))
  return layoutOf({ ...sheet, classes }, tiles, tiles.length - train)
}

function layoutOf(
  { size, columns, classes }: Pick<z.infer<typeof sheet>, 'size' | 'columns' | 'classes'>,
  tiles: readonly (Tile & Classified)[],
  heldOut: number,
): SpriteLayout {
  return { side: size, columns, tiles, classes: classesOf(classes, tiles, heldOut) }
}
