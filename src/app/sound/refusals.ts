import { LONGEST_SECONDS, SHORTEST_SECONDS } from '../../config/audio.ts'
import { messageOf } from '../../messageOf.ts'

/** Says in a sentence that a recording is too long to be taken; undefined if it is not. */
export function refuseLong(file: string, seconds: number): string | undefined {
  if (seconds <= LONGEST_SECONDS) return undefined
  return `“${file}” lasts ${inWords(seconds)}, and the limit is ${inWords(LONGEST_SECONDS)}. Cut it into shorter pieces and add those.`
}

/** Says in a sentence that a recording is too short to be taken; undefined if it is not. */
export function refuseShort(file: string, seconds: number): string | undefined {
  if (seconds >= SHORTEST_SECONDS) return undefined
  if (seconds === 0) return holdsNoSound(file)
  return `“${file}” lasts only ${Number(seconds.toPrecision(2))} s. Choose recordings of at least ${SHORTEST_SECONDS} s.`
}

export function holdsNoSound(file: string): string {
  return `“${file}” holds no sound that this browser can decode. Choose a file with sound, or save its sound as WAV or MP3.`
}

export function damaged(file: string): string {
  return `“${file}” cannot be decoded: it is damaged, cut short, or in a format that this browser does not know. Download it again, or save it as WAV or MP3.`
}

/** What nobody expects; the likeliest is that the browser gives this page no more memory. */
export function failed(file: string, error: unknown): string {
  return `“${file}” could not be decoded (${messageOf(error)}). Cut it into shorter pieces and add those.`
}

/** Hours and minutes, rounded up so that what is over a limit also reads so. */
function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const parts = [count(hours, 'hour'), count(minutes % 60, 'minute')]
  return parts.filter((part) => part !== undefined).join(' ')
}

function count(number: number, unit: string): string | undefined {
  if (number === 0) return undefined
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}
