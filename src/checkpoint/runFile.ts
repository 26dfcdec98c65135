import type { LearnerState, NamedValues, Values } from '../data2vec/learnerState.ts'
import type { RunState } from '../engine/run.ts'
import { readSafetensors, writeSafetensors, type StoredTensor } from './safetensors.ts'

/** A run as it was after a step. */
export interface SavedRun {
  readonly state: RunState
  /** What else is to be known of it, by name. */
  readonly notes: Readonly<Record<string, string>>
}

/** What the names of the learner's tensors begin with. */
const PREFIXES = {
  student: 'student.',
  teacher: 'teacher.',
  mean: 'adam.mean.',
  variance: 'adam.variance.',
} as const satisfies Record<Exclude<keyof LearnerState, 'updates'>, string>

const UPDATES = 'updates'
const ORDER = 'sampler.order'
const DRAWN = 'sampler.drawn'
const STREAMS = {
  batches: 'sampler.batches',
  masks: 'sampler.masks',
  augmentation: 'sampler.augmentation',
} as const

/** Words of the state of one stream of random numbers. */
const STREAM_WORDS = 4

/** A safetensors file of all that a run goes on from; each parameter has the name that it has in the network. */
export function writeRunFile({ state: { learner, sampler }, notes }: SavedRun): Uint8Array<ArrayBuffer> {
  const named = (prefix: string, values: NamedValues): [string, StoredTensor][] =>
    Object.entries(values).map(([name, each]) => [prefix + name, each])
  const tensors = new Map<string, StoredTensor>([
    ...named(PREFIXES.student, learner.student),
    ...named(PREFIXES.teacher, learner.teacher),
    ...named(PREFIXES.mean, learner.mean),
    ...named(PREFIXES.variance, learner.variance),
    [UPDATES, words(Uint32Array.of(learner.updates))],
    [ORDER, words(sampler.order)],
    [DRAWN, words(Uint32Array.of(sampler.drawn))],
    [STREAMS.batches, words(sampler.batches)],
    [STREAMS.masks, words(sampler.masks)],
    [STREAMS.augmentation, words(sampler.augmentation)],
  ])
  return writeSafetensors({ tensors, metadata: notes })
}

/** @throws an Error that says what is wrong with the file */
export function readRunFile(bytes: Uint8Array): SavedRun {
  const { tensors, metadata } = readSafetensors(bytes)
  const wordsOf = (name: string, length?: number) => {
    const values = tensors.get(name)?.values
    if (!(values instanceof Uint32Array)) throw new Error(`This is no file of a run: it lacks ${name}.`)
    if (length !== undefined && values.length !== length)
      throw new Error(
        `This is no file of a run: its ${name} has ${values.length} numbers instead of ${length}.`,
      )
    return values
  }
  const order = wordsOf(ORDER)
  const [drawn] = wordsOf(DRAWN, 1)
  if (drawn > order.length || !isPermutation(order))
    throw new Error('This is no file of a run: its sampler.order does not name each sample once.')
  return {
    state: {
      learner: {
        updates: wordsOf(UPDATES, 1)[0],
        student: valuesOf(tensors, PREFIXES.student),
        teacher: valuesOf(tensors, PREFIXES.teacher),
        mean: valuesOf(tensors, PREFIXES.mean),
        variance: valuesOf(tensors, PREFIXES.variance),
      },
      sampler: {
        order,
        drawn,
        batches: wordsOf(STREAMS.batches, STREAM_WORDS),
        masks: wordsOf(STREAMS.masks, STREAM_WORDS),
        augmentation: wordsOf(STREAMS.augmentation, STREAM_WORDS),
      },
    },
    notes: metadata,
  }
}

function words(values: Uint32Array<ArrayBuffer>): StoredTensor {
  return { shape: [values.length], values }
}

function valuesOf(tensors: ReadonlyMap<string, StoredTensor>, prefix: string): NamedValues {
  const found = [...tensors].flatMap(([name, { shape, values }]): [string, Values][] =>
    name.startsWith(prefix) && values instanceof Float32Array
      ? [[name.slice(prefix.length), { shape, values }]]
      : [],
  )
  return Object.fromEntries(found)
}

function isPermutation(order: Uint32Array): boolean {
  const seen = new Uint8Array(order.length)
  for (const sample of order) if (sample < order.length) seen[sample] = 1
  return seen.every((each) => each === 1)
}
