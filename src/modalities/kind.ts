import type { Config } from '../config/schema.ts'
import { classesOfLabels, type Classes, type HeldOut } from './classes.ts'
import type { Modality, OpenDataset } from './modality.ts'

/**
 * How the samples of a modality reach it: the sets that come with the page, and a person's files. `Source` is what its
 * data set is made of, `Item` what is kept of one file.
 */
export interface KindSpec<Source, Item> {
  readonly modality: Modality<Source>
  /** A person's files that are read at a time: enough to get on while training holds the worker. */
  readonly filesAtATime: number
  /** How much of a person's files is held at most; undefined where a limit of their number is enough. */
  readonly room?: Room<Item>
  /** Whether a file is of this kind, be it one that cannot be used, by its first 64 kB. */
  readonly claims: (head: Uint8Array, file: string) => boolean
  /** @throws an Error that names the file that is missing or broken */
  readonly loadSet: (name: SetName, tools: Tools, heldOut?: HeldOut) => Promise<Source>
  /** Reads a file of this kind, or says in a sentence why it cannot be used. */
  readonly readFile: (file: File, tools: Tools) => Promise<ReadFile<Item> | Refusal>
  /**
   * All that a person has added, as a source.
   * @param classesNow of the items: they change when a person labels them, and so do those of the source
   */
  readonly collect: (items: readonly Item[], classesNow: () => Classes | undefined) => Source
  /** A source with another after it, which is held out. */
  readonly join: (source: Source, others: Source) => Source
}

/** The same for those who need not know of what its sources and items are made. */
export interface Kind {
  readonly modality: Modality<never>
  readonly filesAtATime: number
  readonly room: Room<unknown> | undefined
  readonly claims: (head: Uint8Array, file: string) => boolean
  readonly loadSet: (name: SetName, tools: Tools, heldOut?: HeldOut) => Promise<OpenDataset>
  readonly readFile: (file: File, tools: Tools) => Promise<ReadFile<unknown> | Refusal>
  /**
   * @param items of files that were read by this kind
   * @param labelsNow of the items, empty where one has none: asked whenever the samples' classes are
   */
  readonly openOwn: (items: readonly unknown[], labelsNow: () => readonly string[]) => OpenDataset
  /** The same samples and, held out after them, those of other files: they are seen as the first are, and change nothing. */
  readonly openBeside: (open: OpenDataset, items: readonly unknown[]) => OpenDataset
}

export function defineKind<Source, Item>(spec: KindSpec<Source, Item>): Kind {
  const { modality, filesAtATime, room, claims, loadSet, readFile, collect, join } = spec
  const sources = new WeakMap<OpenDataset, Source>()
  const open = (source: Source): OpenDataset => {
    const opens: OpenDataset = (settings) => modality.createDataset(source, settings)
    sources.set(opens, source)
    return opens
  }
  return {
    modality,
    filesAtATime,
    room: room && { ...room, amountOf: (item) => room.amountOf(item as Item) },
    claims,
    readFile,
    loadSet: async (name, tools, heldOut) => open(await loadSet(name, tools, heldOut)),
    openOwn: (items, labelsNow) =>
      open(collect(items as readonly Item[], () => classesOfLabels(labelsNow()))),
    openBeside: (opens, items) => {
      const source = sources.get(opens)
      if (source === undefined) throw new Error('These samples were not opened by this kind.')
      return open(
        join(
          source,
          collect(items as readonly Item[], () => undefined),
        ),
      )
    },
  }
}

/** What a worker's memory has room for. */
export interface Room<Item> {
  readonly amountOf: (item: Item) => number
  readonly most: number
  /** `most` in words, such as “6 hours of sound”. */
  readonly words: string
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

/** What a list of files shows of one. */
export type Preview =
  | { readonly kind: 'picture'; readonly thumbnail: ImageBitmap }
  /** Loudness over time, 0 to 255. */
  | { readonly kind: 'sound'; readonly seconds: number; readonly peaks: Uint8Array<ArrayBuffer> }
  /** How the text begins. */
  | { readonly kind: 'text'; readonly excerpt: string; readonly characters: number }

/** What reading needs of its surroundings: all that only a browser can do. */
export interface Tools {
  /** A file of the site, by its path within it. @throws an Error that names it, if it cannot be had */
  readonly fetchFile: (path: string) => Promise<Response>
  /** All pixels of a picture, `[height, width, 4]`. @throws if it cannot be decoded */
  readonly decodePixels: (picture: Blob) => Promise<Uint8ClampedArray>
  /** The largest square from the middle of a picture, scaled. @throws if it cannot be decoded */
  readonly decodeSquare: (picture: Blob, size: PictureSize) => Promise<Square>
  /**
   * Mono sound at 16 kHz, decoded by the page: one after another, and what comes with it ahead of a person's files.
   * @param reading of a person's file
   * @throws an Error whose message is for the person
   */
  readonly decodeSound: (file: Blob, name: string, reading?: Reading) => Promise<Int16Array>
}

/** How the reading of a person's file is followed and given up. */
export interface Reading {
  /** Aborted when the file is not wanted any more. */
  readonly signal: AbortSignal
  /** Told how much of the file has been read, from 0 to 1. */
  readonly onProgress: (share: number) => void
}

export interface PictureSize {
  /** Pixels of the picture as it is. */
  readonly width: number
  readonly height: number
  /** Pixels of a side of what is wanted. */
  readonly side: number
}

export interface Square {
  /** `[side, side, 3]`, 8-bit RGB. */
  readonly rgb: Uint8Array
  readonly thumbnail: ImageBitmap
}

/** What is thrown when a file of the site has been loaded and is not what it should be. */
export function brokenSet(path: string, cause: unknown): Error {
  return new Error(`The sample file ${path} is broken. Reload the page, or choose another sample set.`, {
    cause,
  })
}

/** The bytes of a file from its start; undefined if the browser may not read it. */
export function readBytes(file: Blob, most: number): Promise<Uint8Array | undefined> {
  return file
    .slice(0, most)
    .arrayBuffer()
    .then(
      (buffer) => new Uint8Array(buffer),
      () => undefined,
    )
}
