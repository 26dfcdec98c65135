import { create } from 'zustand'
import type { GPUFailureEvent, GPUReportEvent } from '../../worker/protocol.ts'
import { send } from './connection.ts'

interface GPUState {
  /** What is known of the GPU; null before it was asked for. */
  readonly report: GPUReportEvent | null
  /** Why it cannot be measured. */
  readonly failure: string | null
  /** What has been asked for: the worker begins and ends as soon as a step lets it. */
  readonly activity: 'none' | 'measuring' | 'stopping'
}

export const useGPU = create<GPUState>()(() => ({ report: null, failure: null, activity: 'none' }))

export function takeGPUNews(event: GPUReportEvent | GPUFailureEvent): void {
  if (event.type === 'gpuFailure') {
    end(event.message)
    return
  }
  useGPU.setState({ report: event, failure: null })
  if (event.measuring === null) useGPU.setState({ activity: 'none' })
}

export const gpu = {
  /** Asks what the GPU is, unless that is known. */
  describe: (): void => {
    if (useGPU.getState().report === null) send({ type: 'describeGPU' })
  },
  /** Measures it anew, unless it is being measured. */
  measure: (): void => {
    if (useGPU.getState().activity !== 'none') return
    useGPU.setState({ activity: 'measuring', failure: null })
    send({ type: 'measureGPU' })
  },
  /** Ends the measuring, if it goes on. */
  stop: (): void => {
    if (useGPU.getState().activity !== 'measuring') return
    useGPU.setState({ activity: 'stopping' })
    send({ type: 'stopMeasuring' })
  },
}

/** Whatever was being measured is lost with its worker, and what failed then failed because of that. */
export function forgetMeasuring(): void {
  end(null)
}

function end(failure: string | null): void {
  useGPU.setState(({ report }) => ({
    report: report && { ...report, measuring: null },
    failure,
    activity: 'none',
  }))
}
