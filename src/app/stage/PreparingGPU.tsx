import { ProgressBar } from '../components/ProgressBar.tsx'
import type { PreparingEvent } from '../../worker/protocol.ts'
import { describePreparation } from './words.ts'

/** How far the GPU is prepared; it appears only if that takes a while. */
export function PreparingGPU({ preparing }: { readonly preparing: PreparingEvent }) {
  return (
    <span className="appear-late block">
      Preparing the GPU: {describePreparation(preparing)}
      <ProgressBar label="Preparing the GPU" value={preparing.done} max={Math.max(1, preparing.total)} />
    </span>
  )
}
