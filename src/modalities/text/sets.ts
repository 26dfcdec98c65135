import { z } from 'zod'
import type { Config } from '../../config/schema.ts'
import { classesOf, holdOut, type Classified, type HeldOut } from '../classes.ts'
import type { Passage, Passages } from './samples.ts'

/** The sample sets that come with the page. */
export type TextSetName = Extract<Config['samples'], 'wordnet' | 'speeches'>

export const TEXT_FILES: Readonly<Record<TextSetName, string>> = {
  wordnet: 'samples/text/wordnet-topics.json',
  speeches: 'samples/text/sotu-eras.json',
}

const definitions = z.object({
  classes: z.array(z.string()).min(1),
  texts: z.array(z.string().min(1)),
  /** The word that each text defines, and its class. */
  words: z.array(z.string()),
  labels: z.array(z.int().nonnegative()),
})

const addresses = z.object({
  /** Spans of years. */
  classes: z.array(z.string()).min(1),
  labels: z.array(z.int().nonnegative()),
  /** Year and speaker, in small letters. */
  speeches: z.array(z.string()).min(1),
  texts: z.array(z.string().min(1)),
  /** The speech that each text is from. */
  speech: z.array(z.int().nonnegative()),
})

/** @throws if the file does not hold such a set */
export function readSet(name: TextSetName, contents: unknown, heldOut?: HeldOut): Passages {
  return name === 'wordnet' ? readDefinitions(contents, heldOut) : readAddresses(contents, heldOut)
}

/** Each definition is a subject of its own. */
function readDefinitions(contents: unknown, heldOut: HeldOut | undefined): Passages {
  const { classes, texts, words, labels } = definitions.parse(contents)
  const passages = texts.map((text, i) => ({
    label: `${classes[labels[i]]}: ${words[i]}`,
    text,
    class: labels[i],
    subject: i,
  }))
  return passagesOf(classes, passages, heldOut)
}

/** All passages of one speech are one subject. */
function readAddresses(contents: unknown, heldOut: HeldOut | undefined): Passages {
  const { classes, labels, speeches, texts, speech } = addresses.parse(contents)
  const names = speeches.map(nameOf)
  const passages = texts.map((text, i) => ({
    label: names[speech[i]],
    text,
    class: labels[i],
    subject: speech[i],
  }))
  return passagesOf(classes, passages, heldOut)
}

function passagesOf(
  names: readonly string[],
  all: readonly (Passage & Classified)[],
  what: HeldOut | undefined,
): Passages {
  const { samples, heldOut } = holdOut(all, what)
  return { passages: samples, classes: classesOf(names, samples, heldOut) }
}

/** “1897 william mc kinley” becomes “William McKinley, 1897”. */
function nameOf(speech: string): string {
  const [year, ...words] = speech.split(' ')
  const speaker = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
  return `${speaker.replace('Mc ', 'Mc')}, ${year}`
}
