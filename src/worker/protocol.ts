/** What the page and the training worker say to each other. Types only. */
import type { ModalityName } from '../config/modalities.ts'
import type { Config } from '../config/schema.ts'
import type { Report, View } from '../engine/reports.ts'

export type {
  BackendEvent,
  BackendName,
  FailureEvent,
  MetricRow,
  Phase,
  SnapshotEvent,
  StateEvent,
  View,
} from '../engine/reports.ts'

// ── Page → worker ────────────────────────────────────────────────────────────────────────────────────────────────

export type Command =
  /** Sent by the client to each new worker: the address against which the sample files are found. */
  | { readonly type: 'start'; readonly base: string }
  /** Starts a new run at step 0: chooses the backend (once), loads the samples, builds student and teacher. */
  | { readonly type: 'open'; readonly modality: ModalityName; readonly config: Config }
  | { readonly type: 'train' }
  | { readonly type: 'pause' }
  /** One step, then paused. */
  | { readonly type: 'step' }
  /** Hot settings of `config` take effect at the next step; its cold ones are ignored. */
  | { readonly type: 'settings'; readonly config: Config }
  | { readonly type: 'inspect'; readonly view: View }
  /** Decodes images of the person; answered by `files` events. */
  | { readonly type: 'addFiles'; readonly files: readonly File[] }
  | { readonly type: 'cancelFiles' }
  /** Removes images of the person by `OwnSample.id`. */
  | { readonly type: 'removeOwn'; readonly ids: readonly number[] }

// ── Worker → page ────────────────────────────────────────────────────────────────────────────────────────────────

export type WorkerEvent = Report | FilesEvent | OwnSamplesEvent

export interface FilesEvent {
  readonly type: 'files'
  readonly done: number
  readonly total: number
  readonly finished: boolean
  readonly cancelled: boolean
  /** Decoded since the last event. */
  readonly added: readonly OwnSample[]
  /** Refused since the last event: a sentence each, which names the file. Nothing else is lost. */
  readonly refused: readonly { readonly file: string; readonly message: string }[]
  /** Used, but not as a person might expect (the first frame of an animation, for instance). */
  readonly notices: readonly { readonly file: string; readonly message: string }[]
}

export interface OwnSample {
  readonly id: number
  readonly file: string
  readonly thumbnail: ImageBitmap
}

/** After files were added or removed: how many images of the person the worker holds. */
export interface OwnSamplesEvent {
  readonly type: 'ownSamples'
  readonly count: number
}
