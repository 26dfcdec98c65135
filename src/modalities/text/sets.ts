import { z } from 'zod'
import type { Config } from '../../config/schema.ts'
import type { Passages } from './samples.ts'

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
  /** Year and speaker, in small letters. */
  speeches: z.array(z.string()).min(1),
  texts: z.array(z.string().min(1)),
  /** The speech that each text is from. */
  speech: z.array(z.int().nonnegative()),
})

/** @throws if the file does not hold such a set */
export function readSet(name: TextSetName, contents: unknown): Passages {
  return name === 'wordnet' ? readDefinitions(contents) : readAddresses(contents)
}

function readDefinitions(contents: unknown): Passages {
  const { classes, texts, words, labels } = definitions.parse(contents)
  const labelOf = (i: number) => `${classes[labels[i]]}: ${words[i]}`
  return { passages: texts.map((text, i) => ({ label: labelOf(i), text })) }
}

function readAddresses(contents: unknown): Passages {
  const { speeches, texts, speech } = addresses.parse(contents)
  const names = speeches.map(nameOf)
  return { passages: texts.map((text, i) => ({ label: names[speech[i]], text })) }
}

/** “1897 william mc kinley” becomes “William McKinley, 1897”. */
function nameOf(speech: string): string {
  const [year, ...words] = speech.split(' ')
  const speaker = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
  return `${speaker.replace('Mc ', 'Mc')}, ${year}`
}
