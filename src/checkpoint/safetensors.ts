import { z } from 'zod'

/** A tensor of a file. */
export interface StoredTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>
  /** Words by name, for whoever reads the file. */
  readonly metadata: Readonly<Record<string, string>>
}

/** Both types of numbers that are written and read take four bytes. */
const BYTES = 4

/** Bytes before the header, which say how long it is. */
const PREFIX = 8

/** Longer headers than this are refused, as the format's own reader does. */
const LONGEST_HEADER = 100_000_000

const METADATA = '__metadata__'

const count = z.int().nonnegative()

const entry = z.object({
  dtype: z.enum(['F32', 'U32']),
  shape: z.array(count),
  data_offsets: z.tuple([count, count]),
})

type Entry = z.infer<typeof entry>

/**
 * The bytes of a safetensors file: the header's length in 8 bytes, the header as JSON, padded with spaces so that the
 * data begin at a multiple of 8, and the data, little endian.
 */
export function writeSafetensors({ tensors, metadata }: SafetensorsFile): Uint8Array<ArrayBuffer> {
  let end = 0
  const entries = [...tensors].map(([name, { shape, values }]): [string, Entry] => {
    const begin = end
    end += values.byteLength
    const dtype = values instanceof Float32Array ? 'F32' : 'U32'
    return [name, { dtype, shape: [...shape], data_offsets: [begin, end] }]
  })
  const header = new TextEncoder().encode(
    JSON.stringify({ [METADATA]: metadata, ...Object.fromEntries(entries) }),
  )
  const first = PREFIX + Math.ceil(header.length / 8) * 8
  const bytes = new Uint8Array(first + end).fill(' '.charCodeAt(0), 0, first)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(first - PREFIX), true)
  bytes.set(header, PREFIX)
  let next = first
  for (const { values } of tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), next)
    next += values.byteLength
  }
  return bytes
}

/**
 * Reads a file that anybody may have written. It allocates no more than the file's size.
 * @throws an Error that says what is wrong with the file
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { header, data } = parts(bytes)
  const metadata = metadataOf(header.get(METADATA) ?? {})
  const entries = [...header]
    .filter(([name]) => name !== METADATA)
    .map(([name, value]) => [name, checked(entry, value, `what it says of ${name}`)] as const)
  checkPlaces(entries, data.length)
  return { metadata, tensors: new Map(entries.map(([name, each]) => [name, tensorOf(each, data)])) }
}

function parts(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < PREFIX) return refuse('it is shorter than 8 bytes')
  const length = view.getBigUint64(0, true)
  if (length > BigInt(Math.min(LONGEST_HEADER, bytes.length - PREFIX))) return refuse('its header is cut off')
  const first = PREFIX + Number(length)
  return { header: headerOf(bytes.subarray(PREFIX, first)), data: bytes.subarray(first) }
}

/** A map, in which no name means anything else: an object takes `__proto__` for what it inherits from. */
function headerOf(bytes: Uint8Array): ReadonlyMap<string, unknown> {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return refuse('its header is no JSON')
  }
  return new Map(entriesOf(header, 'its header'))
}

function metadataOf(value: unknown): Readonly<Record<string, string>> {
  const words = entriesOf(value, 'its metadata').map(
    ([name, word]) => [name, checked(z.string(), word, 'its metadata')] as const,
  )
  return Object.fromEntries(words)
}

/** @param what it is, should it be no object */
function entriesOf(value: unknown, what: string): [string, unknown][] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? Object.entries(value) : refuse(`${what} is not as it should be`)
}

/** Tensors must lie one after another, without gaps, from the first byte of the data to the last. */
function checkPlaces(entries: readonly (readonly [string, Entry])[], length: number): void {
  let next = 0
  for (const [name, { shape, data_offsets }] of [...entries].sort(byPlace)) {
    const [begin, end] = data_offsets
    if (begin !== next) refuse(`${name} does not begin where the one before it ends`)
    if (end > length) refuse(`${name} is cut off`)
    if (end - begin !== shape.reduce((product, size) => product * size, BYTES))
      refuse(`${name} has not as many bytes as its shape says`)
    next = end
  }
  if (next !== length) refuse('it goes on after its last tensor')
}

function byPlace([, a]: readonly [string, Entry], [, b]: readonly [string, Entry]): number {
  return a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]
}

function tensorOf({ dtype, shape, data_offsets }: Entry, data: Uint8Array): StoredTensor {
  const { buffer } = new Uint8Array(data.subarray(...data_offsets)) // a copy, at a multiple of 4
  return { shape, values: dtype === 'F32' ? new Float32Array(buffer) : new Uint32Array(buffer) }
}

function checked<Value>(schema: z.ZodType<Value>, value: unknown, what: string): Value {
  const result = schema.safeParse(value)
  return result.success ? result.data : refuse(`${what} is not as it should be`)
}

function refuse(why: string): never {
  throw new Error(`This is no safetensors file that can be read: ${why}.`)
}
