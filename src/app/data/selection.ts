/** Files that the person has picked out, by id. */
export type Selection = ReadonlySet<number>

export const NOTHING: Selection = new Set()

export function toggled(selection: Selection, id: number): Selection {
  const next = new Set(selection)
  if (!next.delete(id)) next.add(id)
  return next
}

/** Adds all of `ids` from position `a` to position `b`, whichever comes first. */
export function withRange(selection: Selection, ids: readonly number[], a: number, b: number): Selection {
  return new Set([...selection, ...ids.slice(Math.min(a, b), Math.max(a, b) + 1)])
}

/** The selection without the ids that are gone; the same one where none is. */
export function among(selection: Selection, ids: readonly number[]): Selection {
  const present = new Set(ids)
  const left = [...selection].filter((id) => present.has(id))
  return left.length === selection.size ? selection : new Set(left)
}

/** Selecting so many again would be a nuisance. */
const MANY = 20

/** Whether a selection, of `total` images, is too much to go without asking: many of them, or all there are. */
export function isLarge({ size }: Selection, total: number): boolean {
  return size > MANY || (size > 0 && size === total)
}
