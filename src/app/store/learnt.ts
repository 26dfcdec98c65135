import { create } from 'zustand'
import { NO_PROBES } from '../../config/keptProbes.ts'
import { byModality, type ByModality } from '../../config/byModality.ts'
import type { ModalityName } from '../../config/modalities.ts'
import type {
  BaselineEvent,
  KeepingReport,
  ProbeEvent,
  KeptProbes,
  ProbingEvent,
  ProbingFailedEvent,
  SurveyEvent,
} from '../../worker/protocol.ts'
import { useShown } from './experiment.ts'

/** What has been measured of a modality's run, all in one way. */
export interface Learnt {
  /** Null until the samples to look at are chosen. */
  readonly survey: SurveyEvent | null
  /** Share of the survey that goes on; null when none does. */
  readonly done: number | null
  readonly raw: BaselineEvent | null
  readonly random: BaselineEvent | null
  /** What was told of the run before, in the same way as now. */
  readonly earlier: KeptProbes
  /** Since then, the oldest first. */
  readonly probes: readonly ProbeEvent[]
  /** Why there is nothing new; null once it is measured again. */
  readonly failure: ProbingFailedEvent | null
}

type Recalled = Extract<KeepingReport, { type: 'recalled' }>
type LearntEvent = Recalled | SurveyEvent | ProbingEvent | ProbingFailedEvent | BaselineEvent | ProbeEvent

const NOTHING: Learnt = {
  survey: null,
  done: null,
  raw: null,
  random: null,
  earlier: NO_PROBES,
  probes: [],
  failure: null,
}

const useLearnts = create<ByModality<Learnt>>()(() => byModality(() => NOTHING))

/** What has been measured of the shown modality's run. */
export function useLearnt(): Learnt {
  const shown = useShown()
  return useLearnts((all) => all[shown])
}

export function learntOf(modality: ModalityName): Learnt {
  return useLearnts.getState()[modality]
}

/** A new run has begun, which has not been measured. */
export function forgetLearnt(modality: ModalityName): void {
  useLearnts.setState({ [modality]: NOTHING })
}

export function takeLearnt(modality: ModalityName, event: LearntEvent): void {
  useLearnts.setState((all) => ({ [modality]: after(all[modality], event) }))
}

function after(learnt: Learnt, event: LearntEvent): Learnt {
  switch (event.type) {
    case 'survey':
      return { ...NOTHING, survey: event, done: learnt.done }
    case 'recalled':
      return { ...learnt, earlier: event.probes }
    case 'probing':
      return { ...learnt, done: event.done, failure: event.done === null ? learnt.failure : null }
    case 'probingFailed':
      return { ...learnt, failure: event }
    case 'baseline':
      return { ...learnt, [event.of]: event }
    case 'probe': {
      const earlier = learnt.probes.filter(({ step }) => step < event.step)
      return { ...learnt, probes: [...earlier, event] }
    }
  }
}
