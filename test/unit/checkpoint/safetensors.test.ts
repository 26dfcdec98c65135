import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readSafetensors,
  writeSafetensors,
  type SafetensorsFile,
  type StoredTensor,
} from '../../../src/checkpoint/safetensors.ts'

const tensor = fc
  .record({ shape: fc.array(fc.nat(4), { maxLength: 3 }), isFloat: fc.boolean(), seed: fc.nat() })
  .map(({ shape, isFloat, seed }): StoredTensor => {
    const size = shape.reduce((product, each) => product * each, 1)
    const values = Array.from({ length: size }, (_, i) => (seed + i) % 1000)
    return { shape, values: isFloat ? Float32Array.from(values) : Uint32Array.from(values) }
  })

const file = fc.record({
  tensors: fc
    .array(fc.tuple(fc.string(), tensor), { maxLength: 5 })
    .map((each) => new Map(each.filter(([name]) => name !== '__metadata__'))),
  metadata: fc.dictionary(
    fc.string().filter((name) => name !== '__proto__'),
    fc.string(),
    { noNullPrototype: true },
  ),
})

/** A file by hand: its header as it is given, and so many bytes of data. */
function fileOf(header: unknown, bytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const made = new Uint8Array(8 + text.length + bytes)
  new DataView(made.buffer).setBigUint64(0, BigInt(text.length), true)
  made.set(text, 8)
  return made
}

const entry = (begin: number, end: number, shape = [(end - begin) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
})

test('no name means anything else than itself', () => {
  const tensors = new Map([['__proto__', { shape: [1], values: Float32Array.of(1) }]])
  const metadata = Object.fromEntries([['__proto__', 'a word'] as const])
  expect(readSafetensors(writeSafetensors({ tensors, metadata }))).toEqual({ tensors, metadata })
})

test('what was written is read again', () => {
  fc.assert(
    fc.property(file, (written: SafetensorsFile) => {
      const read = readSafetensors(writeSafetensors(written))
      expect(new Map(read.tensors)).toEqual(written.tensors)
      expect(read.metadata).toEqual(written.metadata)
    }),
  )
})

test('data begin at a multiple of 8 bytes, as other readers want them', () => {
  for (const name of ['a', 'ab', 'abc']) {
    const bytes = writeSafetensors({
      tensors: new Map([[name, { shape: [1], values: Float32Array.of(1) }]]),
      metadata: {},
    })
    expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n)
  }
})

describe('a file is refused', () => {
  test.each([
    ['shorter than its length', new Uint8Array(7), 'shorter than 8 bytes'],
    ['with a header that is cut off', fileOf('{}', 0).subarray(0, 9), 'header is cut off'],
    ['with a header of no JSON', fileOf('{', 0), 'no JSON'],
    ['with a header of no object', fileOf('[1]', 0), 'its header is not as it should be'],
    ['with metadata that are no words', fileOf({ __metadata__: { a: 1 } }, 0), 'its metadata'],
    ['with another type', fileOf({ a: entry(0, 4, [1], 'F64') }, 4), 'what it says of a'],
    ['with a place that is no number', fileOf({ a: { ...entry(0, 4), data_offsets: [0, -4] } }, 4), 'of a'],
    ['with tensors that overlap', fileOf({ a: entry(0, 8), b: entry(4, 8) }, 8), 'b does not begin'],
    ['with a gap', fileOf({ a: entry(0, 4), b: entry(8, 12) }, 12), 'b does not begin'],
    ['cut off in its data', fileOf({ a: entry(0, 8) }, 4), 'a is cut off'],
    ['with another shape', fileOf({ a: entry(0, 8, [3]) }, 8), 'a has not as many bytes'],
    ['with a shape beyond all numbers', fileOf({ a: entry(0, 8, [1e15, 1e15]) }, 8), 'a has not as many'],
    ['with more data than tensors', fileOf({ a: entry(0, 4) }, 8), 'goes on after its last'],
  ])('%s', (_, bytes, why) => {
    expect(() => readSafetensors(bytes)).toThrow(why)
  })

  test('or read, however its bytes are changed, and nothing else is thrown', () => {
    const bytes = writeSafetensors({
      tensors: new Map<string, StoredTensor>([
        ['student.a', { shape: [2, 3], values: new Float32Array(6) }],
        ['order', { shape: [4], values: new Uint32Array(4) }],
      ]),
      metadata: { run: 'one' },
    })
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.nat(bytes.length),
        (changes, length) => {
          const mutated = Uint8Array.from(bytes)
          for (const [place, value] of changes) mutated[place] = value
          try {
            readSafetensors(mutated.subarray(0, length))
          } catch (error) {
            expect(error).toMatchObject({
              message: expect.stringMatching(/^This is no safetensors file/) as string,
            })
          }
        },
      ),
      { numRuns: 10_000 },
    )
  })
})
