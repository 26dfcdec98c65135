import type { ModalityName } from '../../config/modalities.ts'
import { optionsOf } from '../../config/relevance.ts'
import type { Config } from '../../config/schema.ts'

/** A sample set that comes with the page, as the person chooses it. */
export interface SampleSet {
  readonly value: Exclude<Config['samples'], 'own'>
  /** Samples to train on: without those that are held out or left out. */
  readonly count: number
  /** What follows its count. */
  readonly content: string
  readonly licence: string
  /** What the set is like. */
  readonly preview: SpritePreview | WavesPreview | ExcerptPreview
}

/** Tiles of the set's own picture, which holds all of its samples as equal squares, row by row. */
export interface SpritePreview {
  readonly kind: 'sprite'
  /** Path within the site. */
  readonly sprite: string
  /** Side of a tile in pixels. */
  readonly tile: number
  readonly columns: number
  readonly tiles: readonly number[]
}

/** Some of its sounds, as peaks over time: a digit each, 9 the loudest of its sound. */
export interface WavesPreview {
  readonly kind: 'waves'
  readonly waves: readonly string[]
}

/** How one of its texts begins. */
export interface ExcerptPreview {
  readonly kind: 'excerpt'
  readonly excerpt: string
}

const SAMPLE_SETS: readonly SampleSet[] = [
  {
    value: 'emoji',
    count: 4163,
    content: 'emoji in three drawing styles',
    licence:
      'Twemoji by Twitter, CC-BY 4.0. Noto Emoji by Google, Apache-2.0. Fluent Emoji by Microsoft, MIT.',
    preview: {
      kind: 'sprite',
      sprite: 'samples/images/emoji.webp',
      tile: 32,
      columns: 96,
      tiles: [1, 1252, 1439, 1282, 2209, 2535],
    },
  },
  {
    value: 'fashion',
    count: 6000,
    content: 'grey pictures of clothes, shoes and bags',
    licence: 'Fashion-MNIST, © 2017 Zalando SE, MIT.',
    preview: {
      kind: 'sprite',
      sprite: 'samples/images/fashion-mnist.webp',
      tile: 28,
      columns: 100,
      tiles: [3, 10, 4, 1, 2, 9],
    },
  },
  {
    value: 'instruments',
    count: 637,
    content: 'notes of ten instrument families',
    licence: 'FluidR3 sounds, © Frank Wen, Michael Cowgill and the FluidR3 contributors, MIT.',
    preview: {
      kind: 'waves', // a piano, a violin, a saxophone
      waves: [
        '889878777566454444333332321100000000',
        '234456566777777777767787995321110000',
        '798789777678776677997667763100000000',
      ],
    },
  },
  {
    value: 'voices',
    count: 600,
    content: 'spoken prompts in five languages',
    licence:
      'Asterisk sounds by Allison Smith and June Wallack, CC-BY-SA 3.0, and by Carlo Flora and Maxim Topal, CC-BY 3.0.',
    preview: {
      kind: 'waves', // English, French, Russian
      waves: [
        '798844312554311100001456663125565421',
        '589963111145420000359855466540676774',
        '677744441471097640100560878853028546',
      ],
    },
  },
  {
    value: 'wordnet',
    count: 6000,
    content: 'definitions on twelve topics',
    licence: 'WordNet 3.1, © Princeton University, WordNet licence.',
    preview: {
      kind: 'excerpt',
      excerpt: 'gene that produces the same phenotype in the organism whether or not',
    },
  },
  {
    value: 'speeches',
    count: 5400,
    content: 'passages of presidents’ speeches from six eras',
    licence: 'State of the Union addresses, public domain.',
    preview: {
      kind: 'excerpt',
      excerpt: 'We should be filled with awe and joy at what lies over the horizon.',
    },
  },
]

/** The sample sets that come with the page for a modality, in the order in which they are offered. */
export function sampleSetsOf(modality: ModalityName): readonly SampleSet[] {
  const offered = optionsOf('samples', modality).map(({ value }) => value)
  return SAMPLE_SETS.filter(({ value }) => offered.includes(value))
}

/** Left and top corner of a tile in its sprite, in pixels. */
export function tileCorner({ tile, columns }: SpritePreview, index: number): [x: number, y: number] {
  return [(index % columns) * tile, Math.floor(index / columns) * tile]
}
