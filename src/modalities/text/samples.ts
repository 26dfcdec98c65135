import { FEWEST_OWN } from '../../config/check.ts'
import type { Config } from '../../config/schema.ts'
import type { Random } from '../../ops/random.ts'
import type { Classes } from '../classes.ts'
import type { Dataset, Drawing, Shown } from '../modality.ts'
import { bosOf, eosOf } from './ids.ts'
import { pieceOf } from './pieces.ts'
import type { Tokenizer } from './bpe.ts'
import { tokenizerFor } from './vocabularies.ts'

/** A text of a few sentences. */
export interface Passage {
  /** What it is called. */
  readonly label: string
  readonly text: string
}

export interface Passages {
  readonly passages: readonly Passage[]
  readonly classes?: Classes | undefined
}

const NO_PASSAGES = 'There is no passage to train on. Add some text, or choose another sample set.'

/**
 * Learns a vocabulary from the passages that are trained on and writes each as the ids of its tokens, between one that begins it and one
 * that ends it. Of a passage that is longer than a sample, a part is read: a random one when `random` is given.
 * @param settings the run's settings, of which the vocabulary and the length of a sample are read once
 * @throws an Error whose message is for the person, if there is no passage
 */
export function createDataset(source: Passages, settings: () => Config): Dataset {
  const { passages } = source
  if (passages.length < FEWEST_OWN) throw new Error(NO_PASSAGES)
  const config = settings()
  const tokens = config.contextTokens
  const size = passages.length - (source.classes?.heldOut ?? 0)
  const tokenizer = tokenizerFor(passages.slice(0, size), config.vocabulary)
  // Many passages are never drawn, so each is encoded when it is first needed.
  const encoded: (Uint16Array | undefined)[] = passages.map(() => undefined)
  const idsOf = (sample: number) =>
    (encoded[sample] ??= framed(tokenizer.encode(passages[sample].text), config))

  const write = (sample: number, out: Float32Array, offset: number, random: Random | undefined) => {
    const ids = idsOf(sample)
    const length = Math.min(ids.length, tokens)
    const start = random?.integer(0, ids.length - length) ?? 0
    out.fill(0, offset, offset + tokens)
    out.set(ids.subarray(start, start + length), offset)
    return { length, start }
  }

  const show = (_: number, { written, input, seen }: Shown) => {
    const piecesOf = (ids: Float32Array) =>
      Array.from(ids.subarray(0, written.length), (id) => pieceOf(id, config, tokenizer))
    return { kind: 'text', pieces: piecesOf(input), seen: piecesOf(seen ?? input) } as const
  }

  return {
    size,
    get classes() {
      return source.classes
    },
    label: (sample) => passages[sample].label,
    write,
    show,
    raw: (sample) => byteShares(idsOf(sample).subarray(0, tokens), tokenizer),
    drawing: drawingOf(config, show),
  }
}

/** A token has a number for each id, 1 for its own; what is drawn is the id with the largest. */
function drawingOf(config: Config, show: Dataset['show']): Drawing {
  const ids = eosOf(config) + 1
  const idsOf = (drawn: Float32Array) =>
    Float32Array.from({ length: drawn.length / ids }, (_, token) =>
      largest(drawn.subarray(token * ids, (token + 1) * ids)),
    )
  return {
    numbers: ids,
    numbersOf: (input) => {
      const oneHot = new Float32Array(input.length * ids)
      input.forEach((id, token) => (oneHot[token * ids + id] = 1))
      return oneHot
    },
    errorOf: (drawn, wanted) => (largest(drawn) === largest(wanted) ? 0 : 1),
    show: (sample, { written, numbers }) => show(sample, { written, input: idsOf(numbers), seen: undefined }),
  }
}

function largest(values: Float32Array): number {
  return values.reduce((best, value, i) => (value > values[best] ? i : best), 0)
}

/** How often each of the 256 bytes stands in what tokens spell, as shares. */
function byteShares(ids: Uint16Array, { bytesOf }: Pick<Tokenizer, 'bytesOf'>): Float32Array {
  const bytes = Array.from(ids).flatMap((id) => [...(bytesOf(id) ?? [])])
  const shares = new Float32Array(256)
  for (const byte of bytes) shares[byte] += 1 / bytes.length
  return shares
}

/** `bos tokens eos` */
function framed(tokens: Uint16Array, config: Config): Uint16Array {
  const ids = new Uint16Array(tokens.length + 2)
  ids[0] = bosOf(config)
  ids.set(tokens, 1)
  ids[ids.length - 1] = eosOf(config)
  return ids
}
