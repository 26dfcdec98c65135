import { Tabs } from 'radix-ui'
import { useId, type CSSProperties } from 'react'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import { formatCount } from '../components/format.ts'
import { useShown } from '../store/experiment.ts'
import { useRunOf } from '../store/run.ts'
import { isTraining } from '../store/trainAll.ts'
import { useStepsMade } from './useStepsMade.ts'

/** A modality's tab, which says so while its run trains: it does, whichever tab is open. */
export function ModalityTab({ modality }: { readonly modality: ModalityName }) {
  const training = useRunOf(modality, isTraining)
  const id = useId()
  const { title } = MODALITIES[modality]
  return (
    <Tabs.Trigger
      value={modality}
      aria-label={title}
      aria-describedby={training ? id : undefined}
      style={{ '--modality': MODALITIES[modality].colour.shape } as CSSProperties}
      className="flex items-center gap-1.5 border-b-2 border-transparent px-2 py-1.5 text-sm font-medium data-[state=active]:border-(--modality)"
    >
      {title}
      {training && <Progress id={id} modality={modality} />}
    </Tabs.Trigger>
  )
}

/** The step is seen only: a description that changes ten times a second cannot be listened to. */
function Progress({ id, modality }: { readonly id: string; readonly modality: ModalityName }) {
  const step = useStepsMade(modality)
  const shown = useShown() === modality // its step stands in the status line
  return (
    <>
      <span id={id} className="sr-only">
        Training
      </span>
      <span className="size-2 rounded-full bg-(--modality)" aria-hidden />
      {!shown && (
        <span className="text-muted text-xs font-normal" aria-hidden>
          {formatCount(step)}
        </span>
      )}
    </>
  )
}
