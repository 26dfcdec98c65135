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
  readonly engine: StepFigures | Unmeasured
  /** The same step in stock TensorFlow.js, milliseconds; null where it is not known (yet). */
  readonly stock: number | Unmeasured | null
}

/** Why a step is not measured: it takes more than three seconds, or the GPU refuses it, in whose own words. */
export type Unmeasured = { readonly why: 'slow' } | { readonly why: 'refused'; readonly said: string }

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
