import { expect, test } from 'vitest'
import type { DecodeSoundEvent, DropSoundEvent } from '../../../src/worker/protocol.ts'
import { SoundDecoder } from '../../../src/worker/soundDecoder.ts'

function create() {
  const said: (DecodeSoundEvent | DropSoundEvent)[] = []
  const decoder = new SoundDecoder((event) => said.push(event))
  const part = (request: number, total: number, ...samples: number[]) =>
    decoder.receive({ type: 'soundPart', request, total, samples: Int16Array.from(samples) })
  const asked = () => said.flatMap((event) => (event.type === 'decodeSound' ? [event] : []))
  return { said, asked, decoder, part }
}

test('puts the parts of several recordings together, each with its own', async () => {
  const { asked, decoder, part } = create()
  const bell = decoder.decode(new Blob(['bell']), 'bell.wav')
  const drum = decoder.decode(new Blob(['drum']), 'drum.wav')
  expect(asked().map(({ name }) => name)).toEqual(['bell.wav', 'drum.wav'])
  const [first, second] = asked().map(({ request }) => request)
  part(first, 3, 1, 2)
  part(second, 2, 8, 9)
  part(first, 3, 3)
  expect(await bell).toEqual(Int16Array.of(1, 2, 3))
  expect(await drum).toEqual(Int16Array.of(8, 9))
})

test('fails with the sentence of the page, and the next recording is decoded all the same', async () => {
  const { asked, decoder, part } = create()
  const bad = decoder.decode(new Blob(['?']), 'bad.wav')
  decoder.receive({ type: 'soundRefused', request: asked()[0].request, message: '“bad.wav” is damaged.' })
  await expect(bad).rejects.toThrow('“bad.wav” is damaged.')
  const good = decoder.decode(new Blob(['!']), 'good.wav')
  part(asked()[1].request, 1, 5)
  expect(await good).toEqual(Int16Array.of(5))
})

test('is urgent for a sample set, and not for a file of the person, whose parts are told as they come', async () => {
  const { asked, decoder, part } = create()
  const shares: number[] = []
  const { signal } = new AbortController()
  const set = decoder.decode(new Blob(['set']), 'voices.opus')
  const own = decoder.decode(new Blob(['own']), 'own.wav', {
    signal,
    onProgress: (share) => shares.push(share),
  })
  expect(asked().map(({ urgent }) => urgent)).toEqual([true, false])
  part(0, 1, 5)
  part(1, 4, 1)
  part(1, 4, 2, 3, 4)
  await Promise.all([set, own])
  expect(shares).toEqual([0.25, 1])
})

test('gives up a recording that is not wanted any more, and leaves what still comes of it', async () => {
  const { said, decoder, part } = create()
  const cancelling = new AbortController()
  const { signal } = cancelling
  const decoding = decoder.decode(new Blob(['?']), 'long.wav', { signal, onProgress: () => undefined })
  part(0, 3, 1, 2)
  cancelling.abort()
  await expect(decoding).rejects.toThrow('“long.wav” was not added.')
  expect(said.at(-1)).toEqual({ type: 'dropSound', request: 0 })
  part(0, 3, 3)
})
