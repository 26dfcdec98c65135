import { MODALITY_NAMES, type ModalityName } from '../config/modalities.ts'
import type { Kind } from '../modalities/kind.ts'

/** The kinds in the folders of all modalities, which Vite finds when the page is built. */
const FOUND = import.meta.glob<Kind>('../modalities/*/kind.ts', { eager: true, import: 'kind' })

/** What the worker can train on: whatever is named in config/modalities.ts, from the folder of that name. */
export const KINDS = Object.fromEntries(
  MODALITY_NAMES.map((name) => [name, FOUND[`../modalities/${name}/kind.ts`]]),
) as Readonly<Record<ModalityName, Kind>>
