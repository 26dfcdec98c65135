import { z } from 'zod'
import { SAMPLE_RATE } from '../../config/audio.ts'
import type { Config } from '../../config/schema.ts'
import { classesOf, holdOut, type Classified, type Classes, type HeldOut } from '../classes.ts'
import type { Recordings } from './samples.ts'

/** The sample sets that come with the page; each is one sound file and a manifest of the same name. */
export type SoundSetName = Extract<Config['samples'], 'instruments' | 'voices'>

/** Paths within the site, to which `.opus` and `.json` are to be added. */
export const SOUND_FILES: Readonly<Record<SoundSetName, string>> = {
  instruments: 'samples/audio/instruments',
  voices: 'samples/audio/voices',
}

/** Where the recordings of a set lie in its file, and what they are called. */
export interface SoundLayout {
  readonly slices: readonly Slice[]
  readonly classes: Classes
}

export interface Slice {
  /** In samples at 16 kHz. */
  readonly start: number
  readonly length: number
  readonly label: string
}

/** Browsers decode the same file to lengths that differ by about 100 samples; more than this is missing sound. */
const MOST_MISSING = 1600

const sound = z.object({
  sampleRate: z.literal(SAMPLE_RATE),
  start: z.array(z.int().nonnegative()).min(1),
  length: z.array(z.int().positive()),
})

const instrumentSheet = sound.extend({
  /** Families of instruments. */
  classes: z.array(z.string()).min(1),
  /** Which of `classes` each recording is in, one digit a recording. */
  label: z.string().regex(/^\d+$/),
  /** General MIDI programs by their number. */
  programs: z.record(z.string(), z.string()),
  program: z.array(z.int().nonnegative()),
  /** MIDI keys: 60 is the middle C. */
  key: z.array(z.int().nonnegative()),
})

const voiceSheet = sound.extend({
  /** Language codes. */
  classes: z.array(z.string()).min(1),
  /** Which of `classes` each recording is in, one digit a recording. */
  label: z.string().regex(/^\d+$/),
  prompts: z.array(z.string()),
  prompt: z.array(z.int().nonnegative()),
})

/** @throws if the manifest does not describe such a set */
export function readManifest(name: SoundSetName, manifest: unknown, heldOut?: HeldOut): SoundLayout {
  const { names, slices } = name === 'instruments' ? readInstruments(manifest) : readVoices(manifest)
  const held = holdOut(slices, heldOut)
  return { slices: held.samples, classes: classesOf(names, held.samples, held.heldOut) }
}

/** What a manifest says. */
interface Sheet {
  readonly names: readonly string[]
  readonly slices: readonly (Slice & Classified)[]
}

/**
 * The recordings of a set as views of its decoded file, cut short where the decoder left out the end.
 * @throws if the file is much shorter than its manifest says
 */
export function cutRecordings({ slices, classes }: SoundLayout, samples: Int16Array): Recordings {
  const end = Math.max(...slices.map(({ start, length }) => start + length))
  if (samples.length < end - MOST_MISSING)
    throw new Error(`its sound has ${samples.length} samples instead of ${end}`)
  return {
    classes,
    recordings: slices.map(({ start, length, label }) => ({
      label,
      samples: samples.subarray(start, start + length),
    })),
  }
}

/** All notes of one program are one subject. */
function readInstruments(manifest: unknown): Sheet {
  const { classes, label, start, length, programs, program, key } = instrumentSheet.parse(manifest)
  const slices = start.map((first, i) => ({
    start: first,
    length: length[i],
    label: `${programs[program[i]]}, ${noteName(key[i])}`,
    class: Number(label[i]),
    subject: program[i],
  }))
  return { names: classes, slices }
}

/** What is said is the subject, in whichever language. */
function readVoices(manifest: unknown): Sheet {
  const { start, length, classes, label, prompts, prompt } = voiceSheet.parse(manifest)
  const inEnglish = new Intl.DisplayNames('en', { type: 'language' })
  const languages = classes.map((code) => inEnglish.of(code) ?? code)
  const slices = start.map((first, i) => ({
    start: first,
    length: length[i],
    label: `${languages[Number(label[i])]}: ${prompts[prompt[i]]}`,
    class: Number(label[i]),
    subject: prompt[i],
  }))
  return { names: languages, slices }
}

const NOTES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B']

/** The middle C, MIDI key 60, is C4. */
function noteName(key: number): string {
  return `${NOTES[key % 12]}${Math.floor(key / 12) - 1}`
}
