import { PROBING } from '../config/probing.ts'
import type { Config } from '../config/schema.ts'
import type { Report } from '../engine/reports.ts'
import type { Keeper } from './keeper.ts'

/** Notes what is to be kept of a report. */
export function noteFor(keeper: Keeper, event: Report, config: Config): void {
  switch (event.type) {
    case 'metrics':
      keeper.note(event.rows)
      break
    case 'survey':
      keeper.noteWay(wayOf(config, event.classes))
      break
    case 'probe':
      keeper.noteProbe({ step: event.step, knn: event.knn.accuracy, linear: event.linear.accuracy })
      break
  }
}

/** What two accuracies must have in common to be compared. */
function wayOf(config: Config, classes: readonly string[]): string {
  return JSON.stringify([...PROBING.map((name) => config[name]), ...classes])
}
