import type { Pause } from '../../../../src/modalities/text/pauses.ts'

/** Nobody waits for a test. */
export const noPause: Pause = () => undefined
