import { useState } from 'react'
import { Shuffle } from 'lucide-react'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import { fieldsOf, isRelevant } from '../../config/relevance.ts'
import type { FieldName } from '../../config/schema.ts'
import type { Content, Snapshot } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { CompactField } from '../components/CompactField.tsx'
import { useConfig, useShown } from '../store/experiment.ts'
import { run } from '../store/run.ts'
import { useRun, useRunningConfig } from '../store/runState.ts'
import { HearIt } from '../views/HearIt.tsx'
import { SampleView } from '../views/SampleView.tsx'
import { EmptyFigure } from './EmptyFigure.tsx'
import { FigureFrame } from './FigureFrame.tsx'
import { describeMask, whyFewer } from './maskWords.ts'

/** One sample under its mask, large, with what decides how masks are drawn. */
export function MaskingFigure() {
  const modality = useShown()
  return <Masking key={modality} modality={modality} />
}

function Masking({ modality }: { readonly modality: ModalityName }) {
  const latest = useRun((state) => state.snapshot)
  // What is heard stays in sight, although training goes on to other samples.
  const [heard, setHeard] = useState<Snapshot | null>(null)
  const snapshot = heard ?? latest
  const noun = MODALITIES[modality].token
  const settings = useSettings(modality)
  const config = useRunningConfig()
  const hasSpans = fieldsOf(modality).includes('maskSpan')
  return (
    <FigureFrame
      title="Masking"
      description={
        snapshot ? `${describeMask(snapshot.mask, noun)} of the sample are hidden.` : 'No sample yet.'
      }
      actions={
        <Button size="small" disabled={snapshot === null} onClick={() => run.anotherMask()}>
          <Shuffle size="0.875rem" aria-hidden /> Another mask
        </Button>
      }
      caption={MODALITIES[modality].maskAdvice}
    >
      <div className="@container">
        <div className={LAYOUTS[snapshot?.content.kind ?? 'picture']}>
          {snapshot === null ? (
            <EmptyFigure className="aspect-square">
              A sample and what is hidden of it will appear here.
            </EmptyFigure>
          ) : (
            <MaskedSample snapshot={snapshot} onHear={setHeard} />
          )}
          <div className="grid content-start gap-3">
            {snapshot && (
              <p className="text-sm">
                <span className="block text-lg font-semibold">{describeMask(snapshot.mask, noun)}</span>
                <span className="text-muted">
                  hidden from the student. {hasSpans && whyFewer(snapshot.mask, config)}
                </span>
              </p>
            )}
            {settings.map((name) => (
              <CompactField key={name} name={name} accent="var(--color-masked-line)" />
            ))}
          </div>
        </div>
      </div>
    </FigureFrame>
  )
}

/** A picture beside its settings; sound and text over theirs, because they are wide. */
const LAYOUTS: Readonly<Record<Content['kind'], string>> = {
  picture:
    'grid items-start gap-4 @sm:grid-cols-[minmax(10rem,14rem)_minmax(0,24rem)] @2xl:grid-cols-[18rem_minmax(0,24rem)] @2xl:gap-6',
  sound: 'grid items-start gap-4 @2xl:grid-cols-[minmax(0,1fr)_14rem] @2xl:gap-6',
  text: 'grid items-start gap-4 @2xl:grid-cols-[minmax(0,1fr)_14rem] @2xl:gap-6',
}

/** What shapes masks most, of those settings that the modality has. */
const SETTINGS: readonly FieldName[] = ['maskRatio', 'maskMinBlock', 'maskBlock', 'maskSpan', 'views']

function useSettings(modality: ModalityName): readonly FieldName[] {
  const config = useConfig()
  return SETTINGS.filter((name) => fieldsOf(modality).includes(name) && isRelevant(name, config))
}

interface MaskedSampleProps {
  readonly snapshot: Snapshot
  /** Told what plays, and null when nothing does any more. */
  readonly onHear: (snapshot: Snapshot | null) => void
}

function MaskedSample({ snapshot, onHear }: MaskedSampleProps) {
  const { content, mask, label } = snapshot
  const view = (
    <SampleView snapshot={snapshot} shows="masked" label={`Sample ${label}, masked`} fullLoss={1} large />
  )
  switch (content.kind) {
    case 'picture':
      return <div className="rounded-plate border-rule aspect-square overflow-hidden border">{view}</div>
    case 'sound':
      return (
        <HearIt content={content} mask={mask} onHear={(plays) => onHear(plays ? snapshot : null)}>
          {view}
        </HearIt>
      )
    case 'text':
      return view
  }
}
