import { create } from 'zustand'
import type { GPUFailureEvent, GPUReportEvent } from '../../worker/protocol.ts'
import { send } from './connection.ts'

interface GPUState {
  /** What is known of the GPU; null before it was asked for. */
  readonly report: GPUReportEvent | null
  /** Why it cannot be measured. */
  readonly failure: string | null
}

export const useGPU = create<GPUState>()(() => ({ report: null, failure: null }))

export function takeGPUNews(event: GPUReportEvent | GPUFailureEvent): void {
  if (event.type === 'gpuReport') useGPU.setState({ report: event, failure: null })
  else
    useGPU.setState(({ report }) => ({
      report: report && { ...report, measuring: null },
      failure: event.message,
    }))
}

export const gpu = {
  /** Asks what the GPU is, unless that is known. */
  describe: (): void => {
    if (useGPU.getState().report === null) send({ type: 'describeGPU' })
  },
  /** Measures it anew. */
  measure: (): void => send({ type: 'measureGPU' }),
  stop: (): void => send({ type: 'stopMeasuring' }),
}

/** Whatever was being measured is lost with its worker. */
export function forgetMeasuring(): void {
  useGPU.setState(({ report }) => ({ report: report && { ...report, measuring: null } }))
}
