import { Heap } from './heap.ts'

/** Ids of single bytes; the first merge makes the id after them. */
export const PLAIN_BYTES = 256

/** Two tokens that became one. */
export interface Merge {
  readonly left: number
  readonly right: number
}

/** Stands before the first and after the last token of a word, and in place of a token that has been merged away. */
const NONE = -1

/**
 * Byte pair encoding's merges, learnt from words and how often each occurs: always the pair that is most frequent
 * now, of equally frequent ones that with the smallest ids. Stops early when no pair occurs twice.
 */
export function learnMerges(words: ReadonlyMap<string, number>, count: number): Merge[] {
  const corpus = layOut(words)
  const pairs = new PairCounts()
  for (let at = 0; at < corpus.tokens.length; at++) {
    const right = corpus.next[at]
    if (right !== NONE) pairs.add(corpus.tokens[at], corpus.tokens[right], corpus.weights[at], at)
  }
  const merges: Merge[] = []
  while (merges.length < count) {
    const best = pairs.mostFrequent()
    if (best === undefined) break
    join(best, PLAIN_BYTES + merges.length, corpus, pairs)
    merges.push({ left: best.left, right: best.right })
  }
  return merges
}

/** All words, byte after byte, as lists whose elements can be joined in place. */
interface Corpus {
  readonly tokens: Int16Array
  /** Places of the neighbours within the word, or NONE. */
  readonly previous: Int32Array
  readonly next: Int32Array
  /** How often the word occurs that a place belongs to. */
  readonly weights: Float64Array
}

function layOut(words: ReadonlyMap<string, number>): Corpus {
  const encoder = new TextEncoder()
  const encoded = Array.from(words, ([word, weight]) => ({ bytes: encoder.encode(word), weight }))
  const size = encoded.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const tokens = new Int16Array(size)
  const previous = new Int32Array(size)
  const next = new Int32Array(size)
  const weights = new Float64Array(size)
  let start = 0
  for (const { bytes, weight } of encoded) {
    const end = start + bytes.length
    tokens.set(bytes, start)
    weights.fill(weight, start, end)
    for (let at = start; at < end; at++) {
      previous[at] = at === start ? NONE : at - 1
      next[at] = at === end - 1 ? NONE : at + 1
    }
    start = end
  }
  return { tokens, previous, next, weights }
}

/** Puts `id` in place of each occurrence of a pair, and counts the new pairs instead of those that are gone. */
function join({ left, right, places }: CountedPair, id: number, corpus: Corpus, pairs: PairCounts): void {
  const { tokens, previous, next, weights } = corpus
  for (const at of places) {
    const after = next[at]
    // Places are noted when a pair comes about, and one of its tokens may have been joined with another since.
    if (tokens[at] !== left || after === NONE || tokens[after] !== right) continue
    const [before, end, weight] = [previous[at], next[after], weights[at]]
    pairs.remove(left, right, weight)
    if (before !== NONE) {
      pairs.remove(tokens[before], left, weight)
      pairs.add(tokens[before], id, weight, before)
    }
    if (end !== NONE) {
      pairs.remove(right, tokens[end], weight)
      pairs.add(id, tokens[end], weight, at)
      previous[end] = at
    }
    tokens[at] = id
    tokens[after] = NONE
    next[at] = end
  }
}

interface CountedPair extends Merge {
  /** Where it has come about, from left to right; some of them are no more. */
  readonly places: readonly number[]
}

/** A pair and how often it occurred when it was queued. */
interface Queued {
  readonly pair: CountedPair
  readonly index: number
  readonly count: number
}

/** How often each pair of neighbours occurs, kept up to date while tokens are joined. */
class PairCounts {
  private readonly indices = new Map<number, number>()
  private readonly pairs: (Merge & { places: number[] })[] = []
  private readonly counts: number[] = []
  /** Pairs that have become more frequent, and are not queued as such. */
  private readonly risen = new Set<number>()
  private readonly queue = new Heap<Queued>(isBefore)

  add(left: number, right: number, weight: number, place: number): void {
    const index = this.indexOf(left, right)
    this.counts[index] += weight
    this.pairs[index].places.push(place)
    this.risen.add(index)
  }

  remove(left: number, right: number, weight: number): void {
    this.counts[this.indexOf(left, right)] -= weight
  }

  mostFrequent(): CountedPair | undefined {
    for (const index of this.risen) this.enqueue(index)
    this.risen.clear()
    for (let first = this.queue.pop(); first !== undefined; first = this.queue.pop()) {
      const count = this.counts[first.index]
      if (count === first.count) return first.pair
      // A pair that has become rarer since it was queued waits again; one that has risen is queued anew already.
      if (count < first.count) this.enqueue(first.index)
    }
    return undefined
  }

  private enqueue(index: number): void {
    const count = this.counts[index]
    if (count >= 2) this.queue.push({ pair: this.pairs[index], index, count })
  }

  private indexOf(left: number, right: number): number {
    const key = left * 2 ** 16 + right
    const known = this.indices.get(key)
    if (known !== undefined) return known
    const index = this.pairs.length
    this.indices.set(key, index)
    this.pairs.push({ left, right, places: [] })
    this.counts.push(0)
    return index
  }
}

function isBefore(a: Queued, b: Queued): boolean {
  if (a.count !== b.count) return a.count > b.count
  return a.pair.left < b.pair.left || (a.pair.left === b.pair.left && a.pair.right < b.pair.right)
}
