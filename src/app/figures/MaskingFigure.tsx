import { Shuffle } from 'lucide-react'
import { Button } from '../components/Button.tsx'
import { CompactField } from '../components/CompactField.tsx'
import { PatchPicture } from '../stage/PatchPicture.tsx'
import { run, useRun } from '../store/run.ts'
import { EmptyFigure } from './EmptyFigure.tsx'
import { FigureFrame } from './FigureFrame.tsx'
import { describeMask } from './maskWords.ts'

/** One sample under its mask, large, with what decides how masks are drawn. */
export function MaskingFigure() {
  const snapshot = useRun((state) => state.snapshot)
  return (
    <FigureFrame
      title="Masking"
      description={snapshot ? `${describeMask(snapshot.mask)} of the sample are hidden.` : 'No sample yet.'}
      actions={
        <Button size="small" disabled={snapshot === null} onClick={() => run.anotherMask()}>
          <Shuffle size="0.875rem" aria-hidden /> Another mask
        </Button>
      }
      caption="Could you guess the hidden patches from what is left? Large blocks force the student to understand the picture; small ones can be filled in from their neighbours."
    >
      <div className="@container">
        <div className="grid items-start gap-4 @sm:grid-cols-[minmax(10rem,14rem)_minmax(0,24rem)] @2xl:grid-cols-[18rem_minmax(0,24rem)] @2xl:gap-6">
          {snapshot === null ? (
            <EmptyFigure className="aspect-square">
              A sample and what is hidden of it will appear here.
            </EmptyFigure>
          ) : (
            <div className="aspect-square overflow-hidden rounded-plate border border-rule">
              <PatchPicture
                label={`Sample ${snapshot.label}, masked`}
                pixels={snapshot.image.rgba}
                grid={snapshot.grid}
                mask={snapshot.mask}
                marks="hatch"
              />
            </div>
          )}
          <div className="grid gap-3">
            {snapshot && (
              <p className="text-sm">
                <span className="block text-lg font-semibold">{describeMask(snapshot.mask)}</span>
                <span className="text-muted">hidden from the student</span>
              </p>
            )}
            <CompactField name="maskRatio" accent="var(--color-masked-line)" />
            <CompactField name="maskMinBlock" accent="var(--color-masked-line)" />
          </div>
        </div>
      </div>
    </FigureFrame>
  )
}
