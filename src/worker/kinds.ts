import { byModality } from '../config/byModality.ts'
import type { Kind } from '../modalities/kind.ts'

/** The kinds in the folders of all modalities, which Vite finds when the page is built. */
const FOUND = import.meta.glob<Kind>('../modalities/*/kind.ts', { eager: true, import: 'kind' })

/** What the worker can train on: whatever is named in config/modalities.ts, from the folder of that name. */
export const KINDS = byModality((name) => FOUND[`../modalities/${name}/kind.ts`])
