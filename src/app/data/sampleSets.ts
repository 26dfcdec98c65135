import type { Config } from '../../config/schema.ts'

/** A sample set that comes with the page: one picture of equal square tiles, row by row. */
export interface SampleSet {
  readonly value: Exclude<Config['samples'], 'own'>
  /** Path within the site. */
  readonly sprite: string
  /** Side of a tile in pixels. */
  readonly tile: number
  readonly columns: number
  /** Pictures to train on: without those that are held out or left out. */
  readonly count: number
  /** What follows its count. */
  readonly content: string
  readonly licence: string
  /** Tiles that show what the set is like. */
  readonly preview: readonly number[]
}

export const SAMPLE_SETS: readonly SampleSet[] = [
  {
    value: 'emoji',
    sprite: 'samples/images/emoji.webp',
    tile: 32,
    columns: 96,
    count: 4163,
    content: 'emoji in three drawing styles',
    licence:
      'Twemoji by Twitter, CC-BY 4.0. Noto Emoji by Google, Apache-2.0. Fluent Emoji by Microsoft, MIT.',
    preview: [1, 1252, 1439, 1282, 2209, 2535],
  },
  {
    value: 'fashion',
    sprite: 'samples/images/fashion-mnist.webp',
    tile: 28,
    columns: 100,
    count: 6000,
    content: 'grey pictures of clothes, shoes and bags',
    licence: 'Fashion-MNIST, © 2017 Zalando SE, MIT.',
    preview: [3, 10, 4, 1, 2, 9],
  },
]

/** Left and top corner of a tile in its sprite, in pixels. */
export function tileCorner({ tile, columns }: SampleSet, index: number): [x: number, y: number] {
  return [(index % columns) * tile, Math.floor(index / columns) * tile]
}
