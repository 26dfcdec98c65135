import type { SoundContent } from '../../worker/protocol.ts'

/** A cut through a wave clicks; over this time it does not. */
const FADE_SECONDS = 0.005

/**
 * A clip as the student hears it: silent where its tokens are masked. What is heard fades out before each gap and in
 * after it, so that nothing of a masked token is left. The end of the clip belongs to its last token.
 * @param masked `[T]`, 1 is masked
 * @returns `[samples]`
 */
export function silence(
  { samples, rate, tokenSamples }: Pick<SoundContent, 'samples' | 'rate' | 'tokenSamples'>,
  masked: Uint8Array,
): Float32Array<ArrayBuffer> {
  const heard = samples.slice()
  const fade = Math.round(FADE_SECONDS * rate)
  for (const { start, end } of gapsOf(masked, tokenSamples, samples.length)) {
    heard.fill(0, start, end)
    // A factor on what is there: between two gaps that are closer than two fades, both apply.
    for (let i = 0; i < fade; i++) {
      const volume = (i + 0.5) / fade
      if (start - 1 - i >= 0) heard[start - 1 - i] *= volume
      if (end + i < heard.length) heard[end + i] *= volume
    }
  }
  return heard
}

interface Gap {
  readonly start: number
  readonly end: number
}

/** Runs of masked tokens, in samples. */
function gapsOf(masked: Uint8Array, tokenSamples: number, length: number): Gap[] {
  const gaps: Gap[] = []
  for (let token = 0; token < masked.length; token++) {
    if (masked[token] === 0) continue
    const first = token
    while (masked[token + 1] === 1) token += 1
    const end = token === masked.length - 1 ? length : (token + 1) * tokenSamples
    gaps.push({ start: first * tokenSamples, end: Math.min(end, length) })
  }
  return gaps
}
