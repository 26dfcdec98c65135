/** What the page and the training worker say to each other. Types only. */
import type { KeptProbes } from '../config/keptProbes.ts'
import type { KeptRun } from '../checkpoint/keptRun.ts'
import type { ModalityName } from '../config/modalities.ts'
import type { PresetName } from '../config/preset.ts'
import type { Config } from '../config/schema.ts'
import type { GPUReport } from '../engine/benchmark/gpuReport.ts'
import type { CompanionReport } from '../engine/companion.ts'
import type { MetricRow, Report, View } from '../engine/reports.ts'
import type { Preview } from '../modalities/kind.ts'
import type { MapMethod } from '../probes/cartographer.ts'
import type { Lesson } from '../probes/fewShot.ts'

export type {
  Alike,
  Attention,
  BackendEvent,
  BaselineEvent,
  FoundEvent,
  GatheredEvent,
  HaltedEvent,
  BackendName,
  DrawingErrors,
  EstimateEvent,
  Drawn,
  FailureEvent,
  MapEvent,
  MetricRow,
  NeighboursEvent,
  PeekEvent,
  Phase,
  PreparingEvent,
  ProbeEvent,
  ProbingEvent,
  ProbingFailedEvent,
  ShownSample,
  Snapshot,
  SnapshotEvent,
  StateEvent,
  SurveyEvent,
  View,
} from '../engine/reports.ts'
export type { KeptProbes } from '../config/keptProbes.ts'
export type { KeptRun } from '../checkpoint/keptRun.ts'
export type { KernelTime } from '../engine/benchmark/breakdown.ts'
export type { MeasuredPreset, StepFigures, Unmeasured } from '../engine/benchmark/gpuReport.ts'
export type { MapMethod } from '../probes/cartographer.ts'
export type { Preview } from '../modalities/kind.ts'
export type { Content, PictureContent, SoundContent, TextContent } from '../modalities/modality.ts'

/** Names one run: each modality has one at a time, and each new run of it has a higher number. */
export interface RunId {
  readonly modality: ModalityName
  readonly run: number
}

// ── Page → worker ────────────────────────────────────────────────────────────────────────────────────────────────

export type Command = StartCommand | RunCommand | KeptCommand | FileCommand | SoundCommand | GPUCommand

/** Sent by the client to each new worker: the address against which the sample files are found. */
export interface StartCommand {
  readonly type: 'start'
  readonly base: string
}

/** Measures the GPU, answered by `gpuReport` events; runs that train meanwhile go on between its steps. */
export interface GPUCommand {
  readonly type: 'describeGPU' | 'measureGPU' | 'stopMeasuring'
}

/** What is asked of the runs that the browser keeps; answered by `runs` unless another event is named. */
export type KeptCommand =
  | { readonly type: 'listRuns' }
  /** Deletes a run, or takes that back while it is not long ago. */
  | { readonly type: 'deleteRun' | 'recallRun'; readonly id: string }
  /** Writes a line about a run, in place of the last. */
  | { readonly type: 'noteRun'; readonly id: string; readonly note: string }
  /** Keeps another run that is as this one is now. */
  | { readonly type: 'duplicateRun'; readonly id: string }
  /** Answered by `runFile`. */
  | { readonly type: 'exportRun'; readonly id: string }
  /** Keeps a run that another browser has exported. Answered by `imported` and `runs`, or by `importRefused`. */
  | { readonly type: 'importRun'; readonly file: File }
  /** Answered by `runRows`. */
  | { readonly type: 'readRun'; readonly id: string }

/** What is asked of a run. Those that name an older run than the modality's newest are dropped. */
export type RunCommand = RunId &
  (
    | OpenCommand
    | { readonly type: 'train' }
    | { readonly type: 'pause' }
    /** One step, then paused. */
    | { readonly type: 'step' }
    /** The run that makes its steps beside this one makes no more. */
    | { readonly type: 'part' }
    /** Keeps it as it is: the page may be closed soon. */
    | { readonly type: 'keep' }
    /** Hot settings of `config` take effect at the next step; its cold ones are ignored. */
    | { readonly type: 'settings'; readonly config: Config }
    /** Which sample its pictures show; null while nobody looks, which spares the pictures. */
    | { readonly type: 'inspect'; readonly view: View | null }
    /** Measures now what has been learnt. */
    | { readonly type: 'probe' }
    /** How samples are mapped; null while nobody looks. */
    | { readonly type: 'map'; readonly method: MapMethod | null }
    /** Shows a sample of the survey, answered by `peek`. */
    | { readonly type: 'peek'; readonly sample: number }
    /** Finds the samples most like one of the survey, answered by `neighbours` now and after each survey; null: stops looking. */
    | { readonly type: 'neighbours'; readonly sample: number | null }
    | GatherCommand
    /** Finds more of what some samples show, answered by `found` now and after each survey; none: stops looking. */
    | (Lesson & { readonly type: 'find' })
  )

/** What a modality has beside the samples of its runs, whichever run is named. Answered by `gathered`. */
export type GatherCommand =
  /** Takes files to look at. */
  | { readonly type: 'gather'; readonly files: readonly File[] }
  /** Lets go of all that was gathered. */
  | { readonly type: 'forget' }

/** Starts a run: chooses the backend, loads the samples, builds student and teacher. */
export interface OpenCommand {
  readonly type: 'open'
  readonly preset: PresetName
  readonly config: Config
  /** The kept run that it goes on with; a new one at step 0 without it. */
  readonly goOn?: KeptRun['id'] | undefined
  /** A second run that makes the same steps right after this one; none without it. */
  readonly beside?: Beside | undefined
  readonly view: View | null
}

/** What a second run is opened with. */
export interface Beside {
  readonly preset: PresetName
  readonly config: Config
}

export type FileCommand =
  /** Takes files of the person, each into the modality that it belongs to; answered by `files` events. */
  | { readonly type: 'addFiles'; readonly files: readonly FileToAdd[] }
  | AddText
  /** Takes back the files that were kept from earlier visits; answered as adding is. */
  | { readonly type: 'restoreFiles' }
  | { readonly type: 'cancelFiles' }
  /** Removes what the person added by `OwnSample.id`. */
  | { readonly type: 'removeOwn'; readonly ids: readonly number[] }
  /** Says what files are, by `OwnSample.id`; an empty label takes it back. A run on them is measured by it at once. */
  | {
      readonly type: 'labelOwn'
      readonly modality: ModalityName
      readonly ids: readonly number[]
      readonly label: string
    }

/** Takes pasted text; answered as a file would be. */
export interface AddText {
  readonly type: 'addText'
  readonly name: string
  readonly text: string
}

/** A file, and what it is: the name of the folder that it comes in, or nothing. */
export interface FileToAdd {
  readonly file: File
  readonly label: string
}

/** The page's answers to `decodeSound`: all parts of a recording in their order, or that it cannot be decoded. */
export type SoundCommand =
  | {
      readonly type: 'soundPart'
      readonly request: number
      /** Mono, 16 kHz, 16 bit: the next part. */
      readonly samples: Int16Array<ArrayBuffer>
      /** Samples of the whole recording. */
      readonly total: number
    }
  | { readonly type: 'soundRefused'; readonly request: number; readonly message: string }

// ── Worker → page ────────────────────────────────────────────────────────────────────────────────────────────────

export type WorkerEvent =
  | (RunId & Report)
  | (RunId & KeepingReport)
  | (RunId & BesideEvent)
  | RunsEvent
  | RunFileEvent
  | RunRowsEvent
  | ImportedEvent
  | ImportRefusedEvent
  | KeptFailureEvent
  | WorkerFailureEvent
  | FilesEvent
  | FilesNotKeptEvent
  | DecodeSoundEvent
  | DropSoundEvent
  | GPUReportEvent
  | GPUFailureEvent

/** What the second run says that makes its steps beside this one. */
export interface BesideEvent {
  readonly type: 'beside'
  readonly said:
    | CompanionReport
    /** It is kept as well. */
    | { readonly type: 'kept'; readonly kept: KeptRun }
    /** What was measured of it so far. */
    | { readonly type: 'probes'; readonly probes: KeptProbes }
}

/** How the keeping of a run goes. */
export type KeepingReport =
  | { readonly type: 'kept'; readonly kept: KeptRun }
  /** What was measured of it is kept, too: the steps are those that were kept before. */
  | { readonly type: 'told'; readonly kept: KeptRun }
  /** What was measured of it so far in the way in which it is measured now. */
  | { readonly type: 'recalled'; readonly probes: KeptProbes }
  /** It goes on, but is not kept, or only as it was earlier: a sentence. */
  | { readonly type: 'keepingFailed'; readonly message: string }

/** The runs that the browser keeps, the newest first. */
export interface RunsEvent {
  readonly type: 'runs'
  readonly runs: readonly ListedRun[]
}

/** What was asked of a kept run could not be done: a sentence. */
export interface KeptFailureEvent {
  readonly type: 'keptFailure'
  readonly message: string
}

/** A run has come in as a file, and is kept. */
export interface ImportedEvent {
  readonly type: 'imported'
  readonly run: KeptRun
}

/** A file is no run that this page can go on with. */
export interface ImportRefusedEvent {
  readonly type: 'importRefused'
  readonly remark: FileRemark
}

/** A kept run as a safetensors file. */
export interface RunFileEvent {
  readonly type: 'runFile'
  readonly name: string
  readonly file: Blob
}

/** What was measured of a kept run, step by step. */
export interface RunRowsEvent {
  readonly type: 'runRows'
  readonly id: KeptRun['id']
  readonly rows: readonly MetricRow[]
  readonly probes: KeptProbes
}

export interface ListedRun extends KeptRun {
  /** Whether another tab works with it, and this one may not. */
  readonly isElsewhere: boolean
}

/** What is known of the GPU, each time there is more. */
export interface GPUReportEvent extends GPUReport {
  readonly type: 'gpuReport'
}

/** There is no GPU to tell of, or it cannot be measured. */
export interface GPUFailureEvent {
  readonly type: 'gpuFailure'
  readonly message: string
}

/** The worker must be started anew; all runs are lost. */
export interface WorkerFailureEvent {
  readonly type: 'workerFailure'
  /** A sentence that says what failed and what to do. */
  readonly message: string
}

/** Asks the page to decode a sound, which browsers do not let a worker do. */
export interface DecodeSoundEvent {
  readonly type: 'decodeSound'
  readonly request: number
  readonly file: Blob
  /** What the file is called in a message. */
  readonly name: string
  /** Whether it goes ahead of others that wait: a run waits for a sample set, but none for a file of the person. */
  readonly urgent: boolean
}

/** The answer is not wanted any more. */
export interface DropSoundEvent {
  readonly type: 'dropSound'
  readonly request: number
}

export interface FilesEvent {
  readonly type: 'files'
  /** Of files that come back from earlier visits; otherwise of those that the person adds now. */
  readonly restored: boolean
  /** Files read; with a fraction where a long one is partly read. */
  readonly done: number
  readonly total: number
  readonly finished: boolean
  /** Taken since the last event. */
  readonly added: readonly OwnSample[]
  /** Refused since the last event: a sentence each, which names the file. Nothing else is lost. */
  readonly refused: readonly FileRemark[]
  /** Used, but not as a person might expect (the first frame of an animation, for instance). */
  readonly notices: readonly FileRemark[]
}

/** Files of the person will be gone after a reload: a sentence. */
export interface FilesNotKeptEvent {
  readonly type: 'filesNotKept'
  readonly message: string
}

export interface FileRemark {
  readonly file: string
  readonly message: string
  /** It speaks of other files, too. */
  readonly ofMore?: boolean
}

/** A file of the person that is held for training. */
export interface OwnSample {
  readonly id: number
  readonly modality: ModalityName
  readonly file: string
  /** What it is, as the person or its folder says; empty where neither does. */
  readonly label: string
  /** Samples that it is good for: 1 for an image, the clips of a recording (of one second), the passages of a text. */
  readonly parts: number
  readonly preview: Preview
}
