/** The modalities that the playground trains, in the order of their tabs. */
export const MODALITIES = { image: 'Images' } as const

export type ModalityName = keyof typeof MODALITIES
