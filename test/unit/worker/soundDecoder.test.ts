import { expect, test } from 'vitest'
import type { DecodeSoundEvent } from '../../../src/worker/protocol.ts'
import { SoundDecoder } from '../../../src/worker/soundDecoder.ts'

function create() {
  const asked: DecodeSoundEvent[] = []
  const decoder = new SoundDecoder((event) => asked.push(event))
  const part = (request: number, total: number, ...samples: number[]) =>
    decoder.receive({ type: 'soundPart', request, total, samples: Int16Array.from(samples) })
  return { asked, decoder, part }
}

test('puts the parts of several recordings together, each with its own', async () => {
  const { asked, decoder, part } = create()
  const bell = decoder.decode(new Blob(['bell']), 'bell.wav')
  const drum = decoder.decode(new Blob(['drum']), 'drum.wav')
  expect(asked.map(({ name }) => name)).toEqual(['bell.wav', 'drum.wav'])
  const [first, second] = asked.map(({ request }) => request)
  part(first, 3, 1, 2)
  part(second, 2, 8, 9)
  part(first, 3, 3)
  expect(await bell).toEqual(Int16Array.of(1, 2, 3))
  expect(await drum).toEqual(Int16Array.of(8, 9))
})

test('fails with the sentence of the page, and the next recording is decoded all the same', async () => {
  const { asked, decoder, part } = create()
  const bad = decoder.decode(new Blob(['?']), 'bad.wav')
  decoder.receive({ type: 'soundRefused', request: asked[0].request, message: '“bad.wav” is damaged.' })
  await expect(bad).rejects.toThrow('“bad.wav” is damaged.')
  const good = decoder.decode(new Blob(['!']), 'good.wav')
  part(asked[1].request, 1, 5)
  expect(await good).toEqual(Int16Array.of(5))
})
