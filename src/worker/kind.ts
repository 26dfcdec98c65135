import type { Config } from '../config/schema.ts'
import type { OpenDataset } from '../engine/run.ts'
import type { Modality } from '../modalities/modality.ts'
import type { Preview } from './protocol.ts'

/**
 * How the samples of a modality reach it: the sets that come with the page, and a person's files. `Source` is what its
 * data set is made of, `Item` what is kept of one file.
 */
export interface KindSpec<Source, Item> {
  readonly modality: Modality<Source>
  /** @throws an Error that names the file that is missing or broken */
  readonly loadSet: (name: SetName, tools: Tools) => Promise<Source>
  /** Reads a file of this kind, or says in a sentence why it cannot be used. */
  readonly readFile: (file: File, tools: Tools) => Promise<ReadFile<Item> | Refusal>
  /** All that a person has added, as a source. */
  readonly collect: (items: readonly Item[]) => Source
}

/** The same for those who need not know of what its sources and items are made. */
export interface Kind {
  readonly modality: Modality<never>
  readonly loadSet: (name: SetName, tools: Tools) => Promise<OpenDataset>
  readonly readFile: (file: File, tools: Tools) => Promise<ReadFile<unknown> | Refusal>
  /** @param items of files that were read by this kind */
  readonly openOwn: (items: readonly unknown[]) => OpenDataset
}

export function defineKind<Source, Item>(spec: KindSpec<Source, Item>): Kind {
  const { modality, loadSet, readFile, collect } = spec
  const open =
    (source: Source): OpenDataset =>
    (settings) =>
      modality.createDataset(source, settings)
  return {
    modality,
    readFile,
    loadSet: async (name, tools) => open(await loadSet(name, tools)),
    openOwn: (items) => open(collect(items as readonly Item[])),
  }
}

/** A sample set that comes with the page. */
export type SetName = Exclude<Config['samples'], 'own'>

export interface ReadFile<Item> {
  readonly item: Item
  /** Samples that it is good for. */
  readonly parts: number
  readonly preview: Preview
  /** What a person might not expect, as sentences. */
  readonly notices: readonly string[]
}

export interface Refusal {
  /** A sentence that names the file and the way out. */
  readonly refusal: string
}

/** What reading needs of its surroundings. */
export interface Tools {
  /** A file of the site, by its path within it. @throws an Error that names it, if it cannot be had */
  readonly fetchFile: (path: string) => Promise<Response>
  /** Mono sound at 16 kHz, decoded by the page. @throws an Error whose message is for the person */
  readonly decodeSound: (file: Blob, name: string) => Promise<Int16Array>
}
