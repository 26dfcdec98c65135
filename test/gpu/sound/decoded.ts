import { decodeSound } from '../../../src/app/sound/decode.ts'
import type { SoundCommand } from '../../../src/worker/protocol.ts'

let requests = 0

export interface Decoded {
  /** All parts, put together; empty if the file was refused. */
  readonly samples: Int16Array
  readonly parts: readonly number[]
  readonly refusal: string | undefined
}

/** What the page answers to one file. */
export async function decode(file: Blob, name = 'sound.wav'): Promise<Decoded> {
  const answers: SoundCommand[] = []
  await decodeSound(
    { type: 'decodeSound', request: requests++, file, name, urgent: false },
    (answer) => answers.push(answer),
    new AbortController().signal,
  )
  const parts = answers.flatMap((answer) => (answer.type === 'soundPart' ? [answer] : []))
  const samples = new Int16Array(parts.reduce((sum, part) => sum + part.samples.length, 0))
  parts.reduce((at, part) => {
    samples.set(part.samples, at)
    return at + part.samples.length
  }, 0)
  if (parts.some(({ total }) => total !== samples.length)) throw new Error('the parts do not make the whole')
  const refused = answers.find((answer) => answer.type === 'soundRefused')
  return { samples, parts: parts.map((part) => part.samples.length), refusal: refused?.message }
}

/** Root of the mean square, from 0 to 1. */
export function loudnessOf(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length) / 32_768
}

/** The pitch of a pure tone: half its zero crossings. */
export function hertzOf(samples: Int16Array): number {
  const crossings = samples.reduce((count, sample, i) => count + Number(sample < 0 !== samples[i - 1] < 0), 0)
  return (crossings / 2 / samples.length) * 16_000
}
