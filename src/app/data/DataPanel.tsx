import { useId } from 'react'
import { AddingProgress } from './AddingProgress.tsx'
import { DropZone } from './DropZone.tsx'
import { FileMessages } from './FileMessages.tsx'
import { OwnImages } from './OwnImages.tsx'
import { SampleSets } from './SampleSets.tsx'

/** What the networks are trained on. */
export function DataPanel() {
  const id = useId()
  return (
    <section aria-labelledby={id} className="plate grid content-start gap-3 p-4">
      <h2 id={id} className="small-caps text-muted">
        Data
      </h2>
      <SampleSets />
      <DropZone />
      <AddingProgress />
      <FileMessages />
      <OwnImages />
    </section>
  )
}
