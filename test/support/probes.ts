import type { Learnt } from '../../src/app/store/learnt.ts'
import type { BaselineEvent, ProbeEvent, SurveyEvent } from '../../src/worker/protocol.ts'

/** Of a run that has not been measured. */
export const NOTHING_LEARNT: Learnt = {
  survey: null,
  done: null,
  raw: null,
  random: null,
  earlier: { way: '', rows: [] },
  probes: [],
  failure: null,
}

const scoreOf = (accuracy: number) => ({ accuracy, candidate: 0, confusion: new Uint32Array(4) })

export function probe(step: number, knn: number, linear = knn): ProbeEvent {
  return { type: 'probe', step, share: 0.03, knn: scoreOf(knn), linear: scoreOf(linear) }
}

export function baseline(of: BaselineEvent['of'], accuracy: number): BaselineEvent {
  return { type: 'baseline', of, knn: scoreOf(accuracy), linear: scoreOf(accuracy) }
}

export function survey(changes: Partial<SurveyEvent> = {}): SurveyEvent {
  return {
    type: 'survey',
    samples: Uint32Array.of(0, 1, 2, 3),
    labels: ['a', 'b', 'c', 'd'],
    classes: ['even', 'odd'],
    classOf: Int16Array.of(0, 1, 0, 1),
    learnt: 2,
    tested: 2,
    heldOut: 2,
    ...changes,
  }
}
