import { useId } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import { useShown } from '../store/experiment.ts'
import { AddingProgress } from './AddingProgress.tsx'
import { DropZone } from './DropZone.tsx'
import { Elsewhere } from './Elsewhere.tsx'
import { FileMessages } from './FileMessages.tsx'
import { OwnSamples } from './OwnSamples.tsx'
import { PasteText } from './PasteText.tsx'
import { SampleSets } from './SampleSets.tsx'

/** What the networks are trained on. */
export function DataPanel() {
  const id = useId()
  const modality = useShown()
  return (
    <section aria-labelledby={id} className="plate grid content-start gap-3 p-4">
      <h2 id={id} className="small-caps text-muted">
        Data
      </h2>
      <SampleSets />
      <DropZone />
      {MODALITIES[modality].waysIn.includes('type') && <PasteText />}
      <AddingProgress />
      <Elsewhere />
      <FileMessages />
      <OwnSamples key={modality} />
    </section>
  )
}
