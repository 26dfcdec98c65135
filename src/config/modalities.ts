/** What a modality is called, and what its files, samples and tokens are called in a sentence. */
export interface ModalityWords {
  /** Its tab. */
  readonly title: string
  /** What a person adds; it may hold many samples. */
  readonly file: Noun
  readonly sample: Noun
  readonly token: Noun
}

export interface Noun {
  readonly one: string
  readonly many: string
}

/** The modalities that the playground trains, in the order of their tabs. */
export const MODALITIES = {
  image: {
    title: 'Images',
    file: { one: 'image', many: 'images' },
    sample: { one: 'image', many: 'images' },
    token: { one: 'patch', many: 'patches' },
  },
  audio: {
    title: 'Audio',
    file: { one: 'recording', many: 'recordings' },
    sample: { one: 'clip', many: 'clips' },
    token: { one: 'frame', many: 'frames' },
  },
  text: {
    title: 'Text',
    file: { one: 'text', many: 'texts' },
    sample: { one: 'passage', many: 'passages' },
    token: { one: 'token', many: 'tokens' },
  },
} as const satisfies Record<string, ModalityWords>

export type ModalityName = keyof typeof MODALITIES

export const MODALITY_NAMES = Object.keys(MODALITIES) as readonly ModalityName[]
