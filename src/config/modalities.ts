import { audioAbout } from '../modalities/audio/about/about.ts'
import { imageAbout } from '../modalities/image/about/about.ts'
import { textAbout } from '../modalities/text/about/about.ts'

/** The modalities that the playground trains, in the order of their tabs. */
export const MODALITIES = { image: imageAbout, audio: audioAbout, text: textAbout }

export type ModalityName = keyof typeof MODALITIES

export const MODALITY_NAMES = Object.keys(MODALITIES) as readonly ModalityName[]
