import type { Expect, ModalityAbout, SampleSet } from '../../../config/about.ts'
import { FIELDS, type Config } from '../../../config/schema.ts'
import { textPresets } from './presets.ts'

const SETS: readonly SampleSet[] = [
  {
    value: 'wordnet',
    count: 4800,
    content: 'definitions on twelve topics',
    licence: 'WordNet 3.1, © Princeton University, WordNet licence.',
    preview: {
      kind: 'excerpt',
      excerpt: 'gene that produces the same phenotype in the organism whether or not',
    },
  },
  {
    value: 'speeches',
    count: 4372,
    content: 'passages of presidents’ speeches from six eras',
    licence: 'State of the Union addresses, public domain.',
    preview: {
      kind: 'excerpt',
      excerpt: 'We should be filled with awe and joy at what lies over the horizon.',
    },
  },
]

export const textAbout: ModalityAbout = {
  title: 'Text',
  file: { one: 'text', many: 'texts' },
  sample: { one: 'passage', many: 'passages' },
  token: { one: 'token', many: 'tokens' },
  shownAs: 'text',
  colour: { shape: 'var(--color-text)', text: 'var(--color-text-text)' },
  sets: SETS,
  accept: 'text/*,.txt,.md,.html,.htm,.xhtml,.xml,.csv,.tsv,.json,.jsonl,.ndjson',
  droppable: 'Text files',
  waysIn: ['paste', 'type'],
  maskAdvice:
    'Could you guess the hatched tokens from those around them? A single one is often given away by its neighbours; a longer span needs the sense of the sentence.',
  drawing: {
    advice:
      'Look for spaces and common letters in the right places: they come first. A token that the student cannot tell is drawn as the likeliest one.',
    error: 'Share of hidden tokens that are wrong, from 0 to 1',
  },
  presets: textPresets,
  tokens: ({ contextTokens }) => contextTokens,
  encoderSize: () => 0,
  check,
}

function check({ method, maskKeep, maskRandom }: Config, expect: Expect): void {
  expect(
    method === '2' || maskKeep + maskRandom < 1,
    'maskRandom',
    `with all chosen tokens left or replaced, none is masked. Lower it, or “${FIELDS.maskKeep.title}”.`,
  )
}
