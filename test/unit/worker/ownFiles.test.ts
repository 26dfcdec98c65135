import { describe, expect, test } from 'vitest'
import type { Kind, Reading, Tools } from '../../../src/modalities/kind.ts'
import { KINDS } from '../../../src/worker/kinds.ts'
import { OwnFiles } from '../../../src/worker/ownFiles.ts'
import type { FilesEvent, FilesNotKeptEvent } from '../../../src/worker/protocol.ts'
import { MemoryFiles } from '../../support/memoryFiles.ts'
import { unlabelled } from '../../support/ownSamples.ts'
import { wav } from '../../support/wav.ts'

const text = (name: string, content = `All that is in ${name}.`) => new File([content], name)
const sound = (name: string) =>
  new File([wav({ rate: 8000, channels: 1, bits: 16, frames: 8, sampleAt: () => 0 })], name)

/** A sound that a page is decoding: for as long as a test wants. */
interface Decoding {
  readonly name: string
  readonly reading: Reading
  /** So many samples come out of it. */
  readonly finish: (samples: number) => void
}

/** Files as a worker adds them, whose page decodes no sound before it is told to. */
function create(kinds: Partial<Record<keyof typeof KINDS, Kind>> = {}, store = new MemoryFiles()) {
  const events: FilesEvent[] = []
  const decodings: Decoding[] = []
  const tools: Tools = {
    fetchFile: () => Promise.reject(new Error('no site')),
    decodePixels: () => Promise.reject(new Error('no pictures')),
    decodeSquare: () => Promise.reject(new Error('no pictures')),
    decodeSound: (_, name, reading) =>
      new Promise((resolve, reject) => {
        if (reading === undefined) throw new Error('not a file of a person')
        reading.signal.addEventListener('abort', () => reject(new Error('aborted')))
        decodings.push({ name, reading, finish: (samples) => resolve(new Int16Array(samples).fill(9)) })
      }),
  }
  const notKept: string[] = []
  const hear = (event: FilesEvent | FilesNotKeptEvent) =>
    event.type === 'files' ? events.push(event) : notKept.push(event.message)
  const own = new OwnFiles(hear, { ...KINDS, ...kinds }, tools, { openStore: () => Promise.resolve(store) })
  const add = (...files: File[]) => own.handle({ type: 'addFiles', files: files.map(unlabelled) })
  const added = () => events.flatMap((event) => event.added.map(({ file }) => file))
  const refused = () => events.flatMap((event) => event.refused.map(({ message }) => message))
  /** The decodings that have been begun, once there are so many. */
  const decoding = async (count: number) => {
    await expect.poll(() => decodings).toHaveLength(count)
    return decodings
  }
  return { own, add, added, refused, decoding, events, notKept }
}

describe('a long recording', () => {
  test('holds up no texts, be they dropped with it or after it', async () => {
    const { add, own, decoding } = create()
    const sounds = Array.from({ length: 8 }, (_, i) => sound(`${i}.wav`))
    const first = add(...sounds, text('with.txt'))
    await expect.poll(() => own.of('text').parts).toBe(1)
    await add(text('after.txt'))
    expect(own.of('text').parts).toBe(2)
    expect(await decoding(2)).toHaveLength(2)
    await own.handle({ type: 'cancelFiles' })
    await first
  })

  test('is counted as it comes', async () => {
    const { add, decoding, events } = create()
    const adding = add(sound('long.wav'))
    expect(events).toMatchObject([{ done: 0, total: 1, finished: false }])
    const [long] = await decoding(1)
    await expect
      .poll(() => {
        long.reading.onProgress(0.5) // told at most ten times a second
        return events.at(-1)
      })
      .toMatchObject({ done: 0.5, total: 1, finished: false })
    long.finish(16_000)
    await adding
    expect(events.at(-1)).toMatchObject({ done: 1, total: 1, finished: true })
  })

  test('is given up and not added when it is cancelled, nor is what waits; what comes later is', async () => {
    const { add, added, refused, own, decoding, events } = create()
    const cancelled = add(...['a', 'b', 'c'].map((name) => sound(`${name}.wav`)))
    const [a, b] = await decoding(2)
    a.finish(16_000)
    const [, , c] = await decoding(3)
    await own.handle({ type: 'cancelFiles' })
    b.finish(16_000)
    c.finish(16_000)
    await cancelled
    expect(events.at(-1)).toMatchObject({ done: 3, total: 3, finished: true })
    const later = add(sound('later.wav'))
    const [, , , last] = await decoding(4)
    last.finish(16_000)
    await later
    expect(added()).toEqual(['a.wav', 'later.wav'])
    expect(own.of('audio').items).toHaveLength(2)
    expect(refused()).toEqual([])
  })
})

describe('what is held', () => {
  const { room } = KINDS.text

  test.each([
    ['audio', 6 * 3600 * 16_000, /^6 hours of sound/],
    ['text', 50e6, /^50 million characters/],
  ] as const)('has a limit for %s', (modality, most, words) => {
    expect(KINDS[modality].room?.most).toBe(most)
    expect(KINDS[modality].room?.words).toMatch(words)
  })

  test('stays below the limit of its modality; the rest is left out in one sentence, and nothing is lost', async () => {
    if (room === undefined) throw new Error('texts have no limit')
    const { add, own, added, refused } = create({ text: { ...KINDS.text, room: { ...room, most: 25 } } })
    await add(text('1.txt', 'ten letter'), text('2.txt', 'and twelve !'))
    await add(text('3.txt', 'four'), text('4.txt', 'five.'), text('5.txt', 'all'))
    expect(added().toSorted()).toEqual(['1.txt', '2.txt', '5.txt'])
    expect(refused()).toEqual([
      '“3.txt” and 1 more file were left out: 50 million characters are held at most under Text. Remove some first.',
    ])
    await own.handle({ type: 'removeOwn', ids: [0] })
    await add(text('3.txt', 'four'))
    expect(own.of('text').items).toHaveLength(3)
  })

  test('is not decoded when there is no room at all', async () => {
    const { audio } = KINDS
    if (audio.room === undefined) throw new Error('sounds have no limit')
    const { add, decoding, refused } = create({ audio: { ...audio, room: { ...audio.room, most: 16_000 } } })
    const adding = add(sound('fits.wav'))
    const [fits] = await decoding(1)
    fits.finish(16_000)
    await adding
    await add(sound('bell.wav'))
    expect(refused()).toEqual([expect.stringMatching(/^“bell.wav” was left out: 6 hours of sound.*Audio/)])
    await decoding(1)
  })
})

test.each(['fLaC is the mark of a lossless sound.', 'GIF89a was the last.', '<svg> is an element.'])(
  'pasted text is text: %s',
  async (pasted) => {
    const { own, events, refused } = create()
    await own.handle({ type: 'addText', name: 'Pasted text 1', text: pasted })
    expect(refused()).toEqual([])
    expect(events.flatMap(({ added }) => added)).toMatchObject([{ file: 'Pasted text 1', modality: 'text' }])
  },
)

describe('labels', () => {
  test('come with files, and can be given, changed and taken back', async () => {
    const { own, events } = create()
    const files = ['a', 'b', 'c'].map((name) => ({ file: text(`${name}.txt`), label: 'prose' }))
    await own.handle({ type: 'addFiles', files })
    expect(events.flatMap(({ added }) => added.map(({ label }) => label))).toEqual([
      'prose',
      'prose',
      'prose',
    ])
    const held = own.of('text')
    await own.handle({ type: 'labelOwn', modality: 'text', ids: [0, 2], label: 'verse' })
    await own.handle({ type: 'labelOwn', modality: 'text', ids: [1], label: '' })
    expect(held.labelsNow()).toEqual(['verse', '', 'verse'])
  })

  test('of files that are removed stay with what was made of them', async () => {
    const { own } = create()
    await own.handle({ type: 'addFiles', files: [{ file: text('a.txt'), label: 'prose' }] })
    const held = own.of('text')
    await own.handle({ type: 'removeOwn', ids: [0] })
    await own.handle({ type: 'labelOwn', modality: 'text', ids: [0], label: 'verse' })
    expect(held.labelsNow()).toEqual(['prose'])
  })
})

describe('the next visit', () => {
  test('finds files in their old order, with their labels, and without those that were removed', async () => {
    const store = new MemoryFiles()
    const first = create({}, store)
    await first.add(text('a.txt'), text('b.txt'), text('c.txt'))
    const [a, b] = first.events.flatMap(({ added }) => added.map(({ id }) => id))
    await first.own.handle({ type: 'labelOwn', modality: 'text', ids: [a], label: 'early' })
    await first.own.handle({ type: 'removeOwn', ids: [b] })
    await expect.poll(() => [...store.files.values()].map(({ label }) => label)).toEqual(['early', ''])

    const second = create({}, store)
    await second.own.handle({ type: 'restoreFiles' })
    expect(second.added()).toEqual(['a.txt', 'c.txt'])
    expect(second.own.of('text').labelsNow()).toEqual(['early', ''])
    expect(second.events.at(-1)).toMatchObject({ finished: true })
    await second.add(text('d.txt'))
    const ids = second.events.flatMap(({ added }) => added.map(({ id }) => id))
    expect(new Set(ids).size).toBe(3)
    await expect
      .poll(() => [...store.files.values()].map(({ file }) => file.name))
      .toEqual(['a.txt', 'c.txt', 'd.txt'])
  })

  test('brings files back whatever is cancelled meanwhile, and tells of them apart from those that are added', async () => {
    const store = new MemoryFiles()
    await create({}, store).add(text('a.txt'))
    const { own, add, events } = create({}, store)
    const restoring = own.handle({ type: 'restoreFiles' })
    const adding = add(text('b.txt'))
    await own.handle({ type: 'cancelFiles' })
    await Promise.all([restoring, adding])
    const back = events.filter(({ restored }) => restored)
    expect(back.flatMap(({ added }) => added.map(({ file }) => file))).toEqual(['a.txt'])
    expect(back.at(-1)).toMatchObject({ done: 1, total: 1, finished: true })
    expect(events.filter(({ restored }) => !restored).at(-1)).toMatchObject({ total: 1, finished: true })
  })

  test('is told to a run on files, which waits for them', async () => {
    const store = new MemoryFiles()
    await create({}, store).add(text('a.txt'))
    const { own } = create({}, store)
    void own.handle({ type: 'restoreFiles' })
    expect(own.of('text').items).toHaveLength(0)
    await own.restored()
    expect(own.of('text').items).toHaveLength(1)
  })

  test('finds nothing of what there was no room for, which is said once; runs keep some room', async () => {
    const store = new MemoryFiles()
    store.left = 1e6
    const { add, own, notKept } = create({}, store)
    await add(text('a.txt'), text('b.txt'))
    await expect.poll(() => notKept).toEqual([expect.stringContaining('too little room')])
    await add(text('c.txt'))
    expect(own.of('text').items).toHaveLength(3)
    expect(store.files.size).toBe(0)
    store.left = 1e9
    await add(text('d.txt'))
    await expect.poll(() => store.files.size).toBe(1)
    expect(notKept).toHaveLength(1)
  })
})
