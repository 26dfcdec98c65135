import { trainTokenizer, type Tokenizer } from './bpe.ts'
import type { Passage } from './samples.ts'

/** What has been learnt from some passages, by the size of the vocabulary. */
interface Learnt {
  readonly passages: readonly Passage[]
  readonly tokenizers: Map<number, Tokenizer>
}

/** Kept for as long as their first passage is: sample sets and files stay, and lists of them are made anew each time. */
const learnt = new WeakMap<Passage, Learnt>()

/** The tokenizer of passages, learnt once: a run is often opened anew on the passages of the one before. */
export function tokenizerFor(passages: readonly Passage[], vocabulary: number): Tokenizer {
  const { tokenizers } = learntFrom(passages)
  const known = tokenizers.get(vocabulary)
  if (known) return known
  const tokenizer = trainTokenizer(
    passages.map(({ text }) => text),
    vocabulary,
  )
  tokenizers.set(vocabulary, tokenizer)
  return tokenizer
}

function learntFrom(passages: readonly Passage[]): Learnt {
  const [first] = passages
  const known = learnt.get(first)
  if (known && areSame(known.passages, passages)) return known
  const fresh = { passages, tokenizers: new Map<number, Tokenizer>() }
  learnt.set(first, fresh)
  return fresh
}

function areSame(some: readonly Passage[], others: readonly Passage[]): boolean {
  return some.length === others.length && some.every((passage, i) => passage === others[i])
}
