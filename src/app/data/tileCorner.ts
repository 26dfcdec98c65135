import type { SpritePreview } from '../../config/about.ts'

/** Left and top corner of a tile in its sprite, in pixels. */
export function tileCorner({ tile, columns }: SpritePreview, index: number): [x: number, y: number] {
  return [(index % columns) * tile, Math.floor(index / columns) * tile]
}
