import type { Presets } from './preset.ts'
import type { Config, FieldName } from './schema.ts'

/** All that a page says and checks of a modality; how it is computed is none of the page's business. */
export interface ModalityAbout {
  /** Its tab. */
  readonly title: string
  /** What a person adds; it may hold many samples. */
  readonly file: Noun
  readonly sample: Noun
  readonly token: Noun
  /** What its samples are for a person's eyes and ears. */
  readonly shownAs: 'picture' | 'sound' | 'text'
  /** CSS colours: of its lines and shapes, and of its name. */
  readonly colour: { readonly shape: string; readonly text: string }
  /** Sample sets that come with the page, in the order in which they are offered. */
  readonly sets: readonly SampleSet[]
  /** Of a file input: it greys out what is certainly something else; other kinds may be dropped all the same. */
  readonly accept: string
  /** What can be dropped, as the beginning of a sentence. */
  readonly droppable: string
  /** Further ways in than files. */
  readonly waysIn: readonly ('paste' | 'record' | 'type')[]
  /** What to look for in a mask. */
  readonly maskAdvice: string
  /** What to look for where hidden tokens are drawn anew, and what the error of drawing one is. */
  readonly drawing: { readonly advice: string; readonly error: string }
  readonly presets: Presets
  /** Tokens of one sample, T, without any CLS token. */
  readonly tokens: (config: Config) => number
  /** Numbers in the largest tensor that the feature encoder makes of one sample. */
  readonly encoderSize: (config: Config) => number
  /** Names the settings of its own that contradict each other. */
  readonly check: (config: Config, expect: Expect) => void
}

export interface Noun {
  readonly one: string
  readonly many: string
}

/** Notes a problem with a field, unless something holds. `message` says what is wrong and the way out. */
export type Expect = (holds: boolean, field: FieldName, message: string) => void

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

/** Tiles of the set’s own picture, which holds all of its samples as equal squares, row by row. */
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
