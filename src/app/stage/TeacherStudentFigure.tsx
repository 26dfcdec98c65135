import { useRef } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import { FigureFrame } from '../figures/FigureFrame.tsx'
import { useShown } from '../store/experiment.ts'
import { useRun, useRunningConfig } from '../store/runState.ts'
import { useHighlighted } from '../views/highlight.ts'
import { describeToken } from '../views/words.ts'
import { EmaArrow } from './EmaArrow.tsx'
import { FlowLines } from './FlowLines.tsx'
import { PreparingGPU } from './PreparingGPU.tsx'
import { DifferencePart, InputParts, NetworkParts, OutputParts, SamplePart } from './parts.tsx'
import './stage.css'
import { describeStage } from './words.ts'

const FIGURE = 'Teacher and student'

/** The method itself, on one sample of the present batch: what each network sees, what it makes of it, how far apart. */
export function TeacherStudentFigure() {
  const grid = useRef<HTMLDivElement>(null)
  const snapshot = useRun((state) => state.snapshot)
  const opening = useRun((state) => state.phase === 'opening')
  const preparing = useRun((state) => state.preparing)
  const training = useRun((state) => state.phase === 'training')
  const config = useRunningConfig()
  const noun = MODALITIES[useShown()].token
  const shown = { snapshot, config, noun }
  return (
    <FigureFrame
      title={FIGURE}
      description={
        snapshot === null
          ? 'The samples and the networks are being prepared.'
          : describeStage(snapshot, noun, config)
      }
      caption={opening && preparing !== null ? <PreparingGPU preparing={preparing} /> : <TokenReadout />}
    >
      <div className="stage">
        <div
          ref={grid}
          className={`stage-grid transition-opacity ${opening && snapshot !== null ? 'opacity-60' : ''}`}
        >
          <FlowLines container={grid} live={training} />
          <SamplePart {...shown} />
          <InputParts {...shown} />
          <NetworkParts config={config} noun={noun} />
          <EmaArrow config={config} />
          <OutputParts {...shown} />
          <DifferencePart {...shown} />
        </div>
      </div>
    </FigureFrame>
  )
}

/** What is known of the token that is pointed at. */
function TokenReadout() {
  const snapshot = useRun((state) => state.snapshot)
  const untrained = useRun((state) => state.phase === 'paused' && state.step === 0)
  const token = useHighlighted(snapshot?.mask.length ?? 0)
  const noun = MODALITIES[useShown()].token
  if (snapshot === null) return 'Preparing the samples and the networks…'
  if (token === null)
    return `${untrained ? 'Press Train, and watch' : 'Watch'} the predictions take on the colours of the targets while the difference fades. Point at a ${noun.one} to follow it through both networks.`
  return describeToken(snapshot, token)
}
