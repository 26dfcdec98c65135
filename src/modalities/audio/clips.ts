import { audioTokens, clipSamples, SAMPLE_RATE } from '../../config/audio.ts'
import { FIELDS, type Config } from '../../config/schema.ts'
import type { Classes } from '../classes.ts'

/** Recordings as they come out of files. */
export interface Recordings {
  readonly recordings: readonly Recording[]
  readonly classes?: Classes | undefined
}

export interface Recording {
  /** What it is called. */
  readonly label: string
  /** Mono, 16 kHz, 16 bit. */
  readonly samples: Int16Array
}

/** A stretch of a recording. */
export interface Clip {
  readonly recording: Recording
  /** Which of the recordings it is from. */
  readonly source: number
  /** Its first sample in the recording. */
  readonly start: number
  /** Its samples; fewer than those of a clip only if the recording has no more. */
  readonly length: number
  readonly label: string
}

/** Real tokens of a clip, however much of it is padding: one to mask, and one to see. */
export const FEWEST_TOKENS = 2

/** What is left at the end of a recording is worth a clip of its own if it is at least this share of one. */
const LEAST_REMAINDER = 0.2

/**
 * Cuts every recording into clips of `clipSeconds`. The last one ends with the recording, for which it may overlap the
 * one before: a single short clip would cost its whole batch the masks that all samples must have in the same number.
 * @throws an Error for the person if none makes a clip
 */
export function cutClips({ recordings }: Recordings, config: Config): Clip[] {
  const clips = recordings.flatMap((recording, source) => clipsOf(recording, source, config))
  if (clips.length === 0) throw new Error(tooShort(config))
  return clips
}

function clipsOf(recording: Recording, source: number, config: Config): Clip[] {
  const size = clipSamples(config)
  const total = recording.samples.length
  const whole = Math.floor(total / size)
  const rest = total - whole * size
  const count = whole + (whole === 0 || rest >= LEAST_REMAINDER * size ? 1 : 0)
  return Array.from({ length: count }, (_, i) => {
    const start = Math.max(0, Math.min(i * size, total - size))
    const label = count === 1 ? recording.label : `${recording.label}, ${timeOf(start, config)}`
    return { recording, source, start, length: Math.min(size, total - start), label }
  }).filter(({ length }) => audioTokens(length, config) >= FEWEST_TOKENS)
}

/** The piece of each clip: that of the one before if it overlaps it, else one of its own. */
export function piecesOf(clips: readonly Clip[]): number[] {
  return clips.map((clip, i) => (i > 0 && overlap(clips[i - 1], clip) ? i - 1 : i))
}

function overlap(before: Clip, after: Clip): boolean {
  return before.source === after.source && after.start < before.start + before.length
}

/** Minutes and seconds; tenths, too, where a clip begins between seconds or others may. */
function timeOf(sample: number, { clipSeconds }: Config): string {
  const tenths = Math.round((sample / SAMPLE_RATE) * 10)
  const minutes = Math.floor(tenths / 600)
  const seconds = String(Math.floor(tenths / 10) % 60).padStart(2, '0')
  const isWhole = Number.isInteger(clipSeconds) && tenths % 10 === 0
  return `${minutes}:${seconds}${isWhole ? '' : `.${tenths % 10}`}`
}

function tooShort({ frontEnd }: Config): string {
  const remedy = frontEnd === 'logmel' ? `, or lower “${FIELDS.tokenFrames.title}”` : ''
  return `No recording is long enough for ${FEWEST_TOKENS} frames. Add longer recordings${remedy}.`
}
