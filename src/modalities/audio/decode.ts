/** Enough of a file to tell what it holds. */
export const SOUND_HEAD_BYTES = 64

/** Bytes of the largest file that is taken; decoded, it can be some times as large. */
const MOST_BYTES = 500 * 2 ** 20

export const ACCEPTED_SOUND = 'WAV, MP3, Ogg, Opus, FLAC, AAC, M4A, MP4 or WebM'

/** Files with sound, or with pictures and sound, that browsers may be able to decode. */
export type ReadableSound = 'wav' | 'mp3' | 'ogg' | 'webm' | 'flac' | 'aac' | 'mp4'

/** Those that none or hardly any can. */
export type UnreadableSound = keyof typeof UNREADABLE

const UNREADABLE = {
  aiff: 'an AIFF sound',
  caf: 'a Core Audio file',
  asf: 'a Windows Media file',
  amr: 'an AMR recording of a telephone',
  au: 'a Sun AU sound',
  real: 'a RealAudio file',
  midi: 'a MIDI file',
  avi: 'an AVI video',
  mpeg: 'an MPEG video',
} as const

/* eslint-disable no-control-regex -- file signatures contain control characters */

/** Bytes at the start of a file that give its kind away; `.` stands for any byte. */
const SIGNATURES: readonly (readonly [RegExp, ReadableSound | UnreadableSound])[] = [
  [/^(RIFF|RF64).{4}WAVE/s, 'wav'],
  [/^OggS/, 'ogg'],
  [/^fLaC/, 'flac'],
  [/^\x1a\x45\xdf\xa3/, 'webm'],
  [/^ID3[\x02-\x04]/, 'mp3'],
  // MPEG audio of layers II and III: layer I would also be the mark of UTF-16 text.
  [/^\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd][^\xf0-\xff]/, 'mp3'],
  [/^\xff[\xf0\xf1\xf8\xf9]/, 'aac'],
  [/^.{4}ftyp(?!avif|avis|heic|heix|heim|heis|hevc|hevx|mif1|msf1|crx )/s, 'mp4'],
  [/^FORM.{4}AIF[FC]/s, 'aiff'],
  [/^caff\0/, 'caf'],
  [/^\x30\x26\xb2\x75\x8e\x66\xcf\x11/, 'asf'],
  [/^#!AMR/, 'amr'],
  [/^\.snd\0/, 'au'],
  [/^(\.RMF|\.ra\xfd)/, 'real'],
  [/^MThd\0\0\0\x06/, 'midi'],
  [/^RIFF.{4}AVI /s, 'avi'],
  [/^\0\0\x01[\xba\xb3]/, 'mpeg'],
]

/* eslint-enable no-control-regex */

/**
 * What a file holds by its first bytes, whatever its name; undefined if it is no sound.
 * @param head its first `SOUND_HEAD_BYTES`, or all of a shorter one
 */
export function soundKind(head: Uint8Array): ReadableSound | UnreadableSound | undefined {
  const start = String.fromCharCode(...head.subarray(0, SOUND_HEAD_BYTES))
  return SIGNATURES.find(([signature]) => signature.test(start))?.[1]
}

/** Says in a sentence why a file need not be decoded to be refused; undefined if it is worth trying. */
export function refuseSound(file: string, bytes: number, head: Uint8Array): string | undefined {
  if (bytes === 0) return `“${file}” is empty. Save or download it again.`
  const kind = soundKind(head)
  if (kind === undefined) return `“${file}” is not a sound. Choose ${ACCEPTED_SOUND} files.`
  if (kind === 'midi') return `“${file}” is a MIDI file: notes, not sound. Export it as WAV or MP3.`
  if (kind in UNREADABLE)
    return `“${file}” is ${UNREADABLE[kind as UnreadableSound]}, which browsers cannot decode. Save its sound as WAV or MP3.`
  if (bytes > MOST_BYTES)
    return `“${file}” has ${inMegabytes(bytes)}, and the limit is ${inMegabytes(MOST_BYTES)}. Cut it into pieces, or save it as MP3 or Opus.`
  return undefined
}

/** What a person might not expect of a recording that has been decoded, as sentences. */
export function noticesOf(file: string, samples: Int16Array): string[] {
  if (samples.some((sample) => sample !== 0)) return []
  return [
    `“${file}” is silent from beginning to end. Nothing can be learnt from it: remove it, or record it again.`,
  ]
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MB`
}
