/** A queue by rank, as a binary heap: an item goes in, and the first comes out, in logarithmic time. */
export class Heap<Item> {
  private readonly items: Item[] = []
  private readonly isBefore: (a: Item, b: Item) => boolean

  constructor(isBefore: (a: Item, b: Item) => boolean) {
    this.isBefore = isBefore
  }

  push(item: Item): void {
    const { items, isBefore } = this
    let at = items.length
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isBefore(item, items[above])) break
      items[at] = items[above]
      at = above
    }
    items[at] = item
  }

  /** Takes the first out; undefined if there is none. */
  pop(): Item | undefined {
    const first = this.items.at(0)
    const last = this.items.pop()
    if (last !== undefined && this.items.length > 0) this.sink(last)
    return first
  }

  /** Puts an item in place of the first, and moves it down to where it belongs. */
  private sink(item: Item): void {
    const { items, isBefore } = this
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= items.length) break
      if (below + 1 < items.length && isBefore(items[below + 1], items[below])) below += 1
      if (!isBefore(items[below], item)) break
      items[at] = items[below]
      at = below
    }
    items[at] = item
  }
}
