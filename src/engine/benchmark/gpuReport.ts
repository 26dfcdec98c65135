/** What measuring tells of a GPU. Types only; the worker passes each report on to the page. */
import type { PresetName } from '../../config/preset.ts'
import type { KernelTime } from './breakdown.ts'

/** What is known of a GPU; while it is measured, so far. */
export interface GPUReport {
  readonly adapter: string
  /** Features of WebGPU that make a difference here, and whether the GPU has them. */
  readonly features: Readonly<Record<string, boolean>>
  readonly rows: readonly MeasuredPreset[]
  /** What each kernel of a step takes, and of which preset's; null if that is not known, or the GPU cannot tell. */
  readonly kernels: { readonly preset: PresetName; readonly times: readonly KernelTime[] } | null
  /** What is being measured, if anything. */
  readonly measuring: PresetName | null
}

/** One preset's training step on images. */
export interface MeasuredPreset {
  readonly preset: PresetName
  /** Null where a step takes too long to be measured here. */
  readonly engine: StepFigures | null
  /** The same step in stock TensorFlow.js: milliseconds, null where that is not known. */
  readonly stockMs: number | null
}

export interface StepFigures {
  readonly dispatches: number
  readonly submits: number
  /** JavaScript, milliseconds a step. */
  readonly hostMs: number
  /** Median and distance of the quartiles, milliseconds a step. */
  readonly stepMs: number
  readonly spreadMs: number
  readonly samplesPerSecond: number
  /** Billion floating-point operations a second, of those that the step needs. */
  readonly gflops: number
  /** MiB of the step's memory and the weights. */
  readonly gpuMb: number
}
