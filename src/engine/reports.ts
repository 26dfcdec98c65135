/** What a run says of itself. Types only; the worker passes each report on to the page, with the run's name. */
import type { Config } from '../config/schema.ts'
import type { Turned } from '../config/turned.ts'
import type { Content } from '../modalities/modality.ts'
import type { Scores } from '../probes/analyst.ts'
import type { MapMethod } from '../probes/cartographer.ts'
import type { Health } from '../probes/health.ts'

export type Report =
  | BackendEvent
  | PreparingEvent
  | EstimateEvent
  | StateEvent
  | MetricsEvent
  | SnapshotEvent
  | SurveyEvent
  | ProbingEvent
  | ProbingFailedEvent
  | BaselineEvent
  | ProbeEvent
  | MapEvent
  | PeekEvent
  | NeighboursEvent
  | GatheredEvent
  | FoundEvent
  | HaltedEvent
  | FailureEvent

export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu'

export interface BackendEvent {
  readonly type: 'backend'
  readonly backend: BackendName
  /** What the browser says of the GPU; empty where it says nothing. */
  readonly adapter: string
  /** The faster backends that were tried and why each cannot be used, as sentences. */
  readonly passedOver: readonly PassedOver[]
}

export interface PassedOver {
  readonly backend: BackendName
  readonly reason: string
}

/** How far the GPU is prepared for the first step. */
export interface Preparation {
  /** It is tried out how to compute the step's products fastest, or programs are being compiled. */
  readonly stage: 'measuring' | 'compiling'
  /** Products or programs that are done, of how many. */
  readonly done: number
  readonly total: number
}

export interface PreparingEvent extends Preparation {
  readonly type: 'preparing'
}

/** What a run takes of its device, found out before its first step. */
export interface Estimate {
  /** Milliseconds of a step. */
  readonly stepMs: number
  /** Bytes of its weights and steps on the GPU; null where there is none, or nobody knows. */
  readonly gpuBytes: number | null
}

export interface EstimateEvent extends Estimate {
  readonly type: 'estimate'
}

/** `opening`: samples and model are being prepared. `finished`: the run's steps are done. */
export type Phase = 'opening' | 'paused' | 'training' | 'finished' | 'failed'

export interface StateEvent {
  readonly type: 'state'
  readonly phase: Phase
  /** Steps completed. */
  readonly step: number
  /** Trainable weights of the student; 0 while opening. */
  readonly weights: number
  /** Samples in the chosen set; 0 while opening. */
  readonly samples: number
}

/** Metrics of one step; null where a metric was not measured at that step. */
export interface MetricRow {
  /** Steps completed, this one included: 1 for the first. */
  readonly step: number
  readonly loss: number
  readonly tau: number
  readonly lr: number
  readonly grad_norm: number
  readonly target_std: number | null
  readonly pred_std: number | null
  readonly teacher_student_distance: number | null
  /** Time of a step, averaged over the steps of one event, without what other runs took in between. */
  readonly step_ms: number
  /** What the person has turned since the step before; left out where that is nothing. */
  readonly turned?: readonly Turned[]
}

/** Sent at most ten times a second, with every step since the last. */
export interface MetricsEvent {
  readonly type: 'metrics'
  readonly rows: readonly MetricRow[]
}

/** Which sample the central picture shows. */
export interface View {
  /** Its index in the sample set, or `batch`: the first of each batch, under its mask of that step. */
  readonly sample: number | 'batch'
  /** Seed of the mask on a held sample; another number draws another mask. */
  readonly mask: number
  /** The block of which its attention is wanted, too, from 0; left out while nobody looks. */
  readonly attention?: number
  /** Whether it is also drawn from what the networks make of it; left out while nobody looks. */
  readonly drawing?: boolean
}

/** One sample as teacher and student see it now. Token arrays run row by row over `grid`; padding is left out. */
export interface Snapshot {
  readonly step: number
  readonly sample: number
  /** What the sample is called: its emoji, its class or its file name. */
  readonly label: string
  readonly grid: readonly [rows: number, columns: number]
  readonly content: Content
  /** [T], 1 is masked. */
  readonly mask: Uint8Array
  /** That of each view of the sample, the one above first; no others where the method has one view. */
  readonly masks: readonly Uint8Array[]
  /** [T, 3] RGB: the teacher's target and the student's prediction in one basis, so equal colours are equal vectors. */
  readonly targetColours: Uint8Array
  readonly predictionColours: Uint8Array
  /** [T]: the loss at each token, masked or not. */
  readonly tokenLoss: Float32Array
  /** Their mean over the masked tokens. */
  readonly loss: number
  /** How the teacher's targets differ, on this sample and a few others. */
  readonly health: Health
  /** Left out unless the view asks for it. */
  readonly attention?: Attention | undefined
  /** Left out unless the view asks for it, and until a decoder has been fitted. */
  readonly drawn?: Drawn | undefined
}

/** How much each token of a sample attends to each in one block, by head. */
export interface Attention {
  /** From 0. */
  readonly block: number
  readonly heads: number
  /** `[H, T, T]`: a row for each token that attends, which adds up to 1, but for what goes to the CLS token. */
  readonly teacher: Float32Array
  readonly student: Float32Array
}

/** A sample of which the masked tokens are drawn anew, by a decoder, from what each network makes of them. */
export interface Drawn {
  /** Steps completed when the decoder was fitted. */
  readonly fittedAt: number
  /** From the student's predictions. */
  readonly guess: Content
  /** From the teacher's targets: what a perfect prediction would give. */
  readonly perfect: Content
  readonly errors: DrawingErrors
}

/** Mean errors of drawing masked tokens, on samples that the decoder was not fitted to, in the modality's measure. */
export interface DrawingErrors {
  readonly guess: number
  readonly perfect: number
  /** Of drawing the mean token everywhere. */
  readonly mean: number
}

export interface SnapshotEvent extends Snapshot {
  readonly type: 'snapshot'
}

/** Which samples probes and the map look at. What was measured before it can no longer be compared. */
export interface SurveyEvent {
  readonly type: 'survey'
  /** `[N]`: their numbers in the set. */
  readonly samples: Uint32Array
  /** `[N]`: what each is called. */
  readonly labels: readonly string[]
  /** What classes there are; empty where samples have none. */
  readonly classes: readonly string[]
  /** `[N]`: the class of each, negative where it is not known. */
  readonly classOf: Int16Array
  /** Rows that classes are learnt from, and rows that are tested; both 0 where classes cannot be told. */
  readonly learnt: number
  readonly tested: number
  /** Samples, the last of them, that were never trained on. */
  readonly heldOut: number
}

/** A survey is going on. */
export interface ProbingEvent {
  readonly type: 'probing'
  /** Share of the samples that have been looked at; null when it is over. */
  readonly done: number | null
}

/** What was learnt cannot be measured or mapped, unless it is asked for again. Training goes on. */
export interface ProbingFailedEvent {
  readonly type: 'probingFailed'
  /** A sentence that says what failed and what to do. */
  readonly message: string
}

/** What the probes have to beat: raw input, and the network at its random start. */
export interface BaselineEvent extends Scores {
  readonly type: 'baseline'
  readonly of: 'raw' | 'random'
}

/** What can be told from the representation after a step. */
export interface ProbeEvent extends Scores {
  readonly type: 'probe'
  /** Steps completed. */
  readonly step: number
  /** Share of the time so far that surveys took away from training. */
  readonly share: number
}

/** The samples of the survey in two dimensions. */
export interface MapEvent {
  readonly type: 'map'
  readonly step: number
  readonly method: MapMethod
  /** `[N, 2]`, from −1 to 1. */
  readonly points: Float32Array
  /** From 0 to 1 while the map is still being made. */
  readonly progress: number
}

/** A sample that was asked for, as a person can see or hear it. */
export interface PeekEvent {
  readonly type: 'peek'
  readonly sample: number
  readonly label: string
  readonly content: Content
}

/** The samples most like one, by what was learnt and by raw input, the most similar first. */
export interface NeighboursEvent {
  readonly type: 'neighbours'
  readonly sample: number
  readonly step: number
  readonly learnt: readonly Alike[]
  readonly raw: readonly Alike[]
}

export interface Alike {
  readonly sample: number
  /** The cosine of the angle between the features of the two. */
  readonly similarity: number
  readonly label: string
  readonly content: Content
}

/** The samples in files that a person gave to look at, beside those of the run. */
export interface GatheredEvent {
  readonly type: 'gathered'
  readonly samples: readonly ShownSample[]
  /** Samples beyond the most that are looked through. */
  readonly leftOut: number
  /** The latest files that cannot be used: a sentence each. */
  readonly refused: readonly { readonly file: string; readonly message: string }[]
}

export interface ShownSample {
  readonly sample: number
  readonly label: string
  readonly content: Content
}

/** How sure it is of each sample that it shows what the examples show. */
export interface FoundEvent {
  readonly type: 'found'
  readonly step: number
  /** Those that were gathered, but for the examples and counterexamples, the surest first. */
  readonly gathered: readonly Confidence[]
  /** Those of the set that it is surest of. */
  readonly inSet: readonly (Confidence & ShownSample)[]
}

export interface Confidence {
  readonly sample: number
  /** From 0 to 1. */
  readonly confidence: number
}

/** A step's loss or gradient was no finite number: it changed nothing, and the run rests. */
export interface HaltedEvent {
  readonly type: 'halted'
  readonly step: number
  readonly loss: number
  readonly grad_norm: number
}

/** This run cannot go on with this configuration. */
export interface FailureEvent {
  readonly type: 'failure'
  /** A sentence that says what failed and what to do. */
  readonly message: string
  /** Settings of a smaller run, where this one was more than the device can do. */
  readonly instead?: Partial<Config> | undefined
}
