import { MODALITY_NAMES } from '../../config/modalities.ts'
import type { ByModality } from '../../config/byModality.ts'
import { useRuns, type OpenRun } from './runState.ts'

const TITLE = 'data2vec playground'

/** Training goes on in a tab that nobody looks at: its title says how far it is. */
export function followInTitle(): () => void {
  return useRuns.subscribe((runs) => {
    const title = titleOf(runs)
    if (title !== document.title) document.title = title
  })
}

/** “42 % · data2vec playground” while runs train, of all their steps together. */
export function titleOf(runs: ByModality<OpenRun>): string {
  const training = MODALITY_NAMES.map((name) => runs[name]).filter(({ phase }) => phase === 'training')
  const made = training.reduce((sum, { step }) => sum + step, 0)
  const wanted = training.reduce((sum, { running }) => sum + (running?.config.steps ?? 0), 0)
  return wanted === 0 ? TITLE : `${Math.floor((100 * made) / wanted)} % · ${TITLE}`
}
