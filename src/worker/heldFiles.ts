import { byModality, type ByModality } from '../config/byModality.ts'
import { MODALITIES, MODALITY_NAMES, type ModalityName } from '../config/modalities.ts'
import type { Kind } from '../modalities/kind.ts'

/** Files of the person that are held at most, for each modality. */
const MOST_FILES = 5000

interface HeldFile {
  readonly item: unknown
  readonly parts: number
  /** What the person says it is; empty where they say nothing. */
  label: string
  /** What it takes of its modality's room. */
  readonly amount: number
}

/** All that is held of a modality at a time, in the order of their numbers. */
export interface Held {
  readonly items: readonly unknown[]
  /** Samples that the items are good for. */
  readonly parts: number
  /** Of the items, empty where one has none. They may change later, unlike the items. */
  readonly labelsNow: () => readonly string[]
}

/** All files of the person, by modality, within the limits of the worker's memory. */
export class HeldFiles {
  private readonly kinds: ByModality<Kind>
  private readonly mostFiles: number
  private readonly files = byModality(() => new Map<number, HeldFile>())
  private nextId = 0

  constructor(kinds: ByModality<Kind>, mostFiles = MOST_FILES) {
    this.kinds = kinds
    this.mostFiles = mostFiles
  }

  /** @returns by what it is removed, or in words the limit that it would break */
  keep(
    modality: ModalityName,
    { item, parts }: Pick<HeldFile, 'item' | 'parts'>,
    label = '',
    id = this.reserve(1),
  ): { readonly id: number } | { readonly limit: string } {
    const amount = this.kinds[modality].room?.amountOf(item) ?? LEAST_AMOUNT
    const limit = this.limit(modality, amount)
    if (limit !== undefined) return { limit }
    this.files[modality].set(id, { item, parts, amount, label })
    return { id }
  }

  /** @returns the first of so many numbers that no other file gets */
  reserve(count: number): number {
    this.nextId += count
    return this.nextId - count
  }

  remove(ids: readonly number[]): void {
    for (const name of MODALITY_NAMES) for (const id of ids) this.files[name].delete(id)
  }

  label(modality: ModalityName, ids: readonly number[], label: string): void {
    for (const id of ids) {
      const file = this.files[modality].get(id)
      if (file !== undefined) file.label = label
    }
  }

  of(modality: ModalityName): Held {
    const byId = [...this.files[modality]].sort(([one], [other]) => one - other)
    const held = byId.map(([, file]) => file)
    return {
      items: held.map(({ item }) => item),
      parts: held.reduce((sum, { parts }) => sum + parts, 0),
      labelsNow: () => held.map(({ label }) => label),
    }
  }

  /** The limit that one more file would break, in words; undefined if there is room for it. */
  limit(modality: ModalityName, amount = LEAST_AMOUNT): string | undefined {
    const { title } = MODALITIES[modality]
    const files = this.files[modality]
    if (files.size >= this.mostFiles)
      return `${this.mostFiles.toLocaleString('en')} files are held at most under ${title}`
    const { room } = this.kinds[modality]
    if (room === undefined) return undefined
    const all = [...files.values()].reduce((sum, file) => sum + file.amount, amount)
    return all > room.most ? `${room.words} are held at most under ${title}` : undefined
  }
}

/** What any file brings. */
const LEAST_AMOUNT = 1
