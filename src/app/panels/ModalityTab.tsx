import { Check } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useId, type CSSProperties } from 'react'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import { formatCount } from '../components/format.ts'
import { useShown } from '../store/experiment.ts'
import { useRunOf } from '../store/runState.ts'
import { progressOf, type Progress } from './progress.ts'

/** A modality's tab, which says how far its run is: it trains, whichever tab is open. */
export function ModalityTab({ modality }: { readonly modality: ModalityName }) {
  const progress = useRunOf(modality, progressOf)
  const id = useId()
  const { title } = MODALITIES[modality]
  return (
    <Tabs.Trigger
      value={modality}
      aria-label={title}
      aria-describedby={progress === null ? undefined : id}
      style={{ '--modality': MODALITIES[modality].colour.shape } as CSSProperties}
      className="flex items-center gap-1.5 border-b-2 border-transparent px-2 py-1.5 text-sm font-medium data-[state=active]:border-(--modality)"
    >
      {title}
      {progress !== null && (
        <>
          {/* The step is seen only: a description that changes ten times a second cannot be listened to. */}
          <span id={id} className="sr-only">
            {progress}
          </span>
          <Mark progress={progress} />
          <Step modality={modality} />
        </>
      )}
    </Tabs.Trigger>
  )
}

function Mark({ progress }: { readonly progress: Progress }) {
  if (progress === 'Finished') return <Check size="0.875rem" className="text-(--modality)" aria-hidden />
  const fill = progress === 'Training' ? 'bg-(--modality)' : ''
  return <span className={`size-2 rounded-full border border-(--modality) ${fill}`} aria-hidden />
}

/** Of the shown modality it stands in the status line. */
function Step({ modality }: { readonly modality: ModalityName }) {
  const step = useRunOf(modality, (state) => state.step)
  if (useShown() === modality) return null
  return (
    <span className="text-muted text-xs font-normal" aria-hidden>
      {formatCount(step)}
    </span>
  )
}
