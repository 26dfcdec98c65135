import { useEffect, useRef, useState } from 'react'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import { FIELDS } from '../../config/schema.ts'
import type { Content, Drawn, Snapshot } from '../../worker/protocol.ts'
import { formatCount } from '../components/format.ts'
import { useShown } from '../store/experiment.ts'
import { run } from '../store/run.ts'
import { useRun, useRunningConfig } from '../store/runState.ts'
import { PlayButton } from '../views/PlayButton.tsx'
import type { Role } from '../views/role.ts'
import { SampleView } from '../views/SampleView.tsx'
import { DrawingErrorBars } from './DrawingErrorBars.tsx'
import { describeErrors } from './drawingWords.ts'
import { EmptyFigure } from './EmptyFigure.tsx'
import { FigureFrame } from './FigureFrame.tsx'
import { useInSight } from './useInSight.ts'

/** The student's guess at what it does not see, turned into raw input again. */
export function BehindFigure() {
  const modality = useShown()
  return <Behind key={modality} modality={modality} />
}

type DrawnSnapshot = Snapshot & { readonly drawn: Drawn }

function Behind({ modality }: { readonly modality: ModalityName }) {
  const place = useRef<HTMLDivElement>(null)
  useDrawings(useInSight(place))
  const latest = useRun((state) => state.snapshot)
  // What is heard stays in sight, although training goes on to other samples.
  const [heard, setHeard] = useState<DrawnSnapshot | null>(null)
  const snapshot = heard ?? (latest && isDrawn(latest) ? latest : null)
  const { drawing, token } = MODALITIES[modality]
  return (
    <FigureFrame
      title="Behind the mask"
      description={
        snapshot === null
          ? 'Nothing is drawn yet.'
          : `Sample “${snapshot.label}”, its hidden ${token.many} drawn from the student’s predictions. ${describeErrors(drawing.error, snapshot.drawn.errors)}`
      }
      caption={`${drawing.advice} data2vec itself never learns to draw: a separate linear decoder, fitted afterwards to what the teacher makes of other samples, turns representations back into ${RAW[MODALITIES[modality].shownAs]}. It draws the teacher’s answer, too: the most that a student could know, which is sharper than a careful guess and not perfect.`}
    >
      <div ref={place} className="@container">
        {snapshot === null ? (
          <NotYet modality={modality} />
        ) : (
          <div className="grid gap-4">
            <Pictures snapshot={snapshot} onHear={setHeard} />
            <DrawingErrorBars
              title={drawing.error}
              errors={snapshot.drawn.errors}
              note={`On other samples than the decoder was fitted to, after step ${formatCount(snapshot.drawn.fittedAt)}.`}
            />
          </div>
        )}
      </div>
    </FigureFrame>
  )
}

/** What raw input is called. */
const RAW: Readonly<Record<Content['kind'], string>> = {
  picture: 'pixels',
  sound: 'spectra',
  text: 'text',
}

/** Asks for drawings only while they can be seen. */
function useDrawings(inSight: boolean): void {
  useEffect(() => {
    if (!inSight) return
    run.see({ drawing: true })
    return () => run.see({ drawing: false })
  }, [inSight])
}

function isDrawn(snapshot: Snapshot): snapshot is DrawnSnapshot {
  return snapshot.drawn !== undefined
}

function NotYet({ modality }: { readonly modality: ModalityName }) {
  const { frontEnd } = useRunningConfig()
  const noun = MODALITIES[modality].token
  return (
    <EmptyFigure className="min-h-40">
      {modality === 'audio' && frontEnd === 'waveform'
        ? `A waveform cannot be drawn so simply. Choose another preset, or set “${FIELDS.frontEnd.title}” to the log-mel spectrogram, to see and hear what the student guesses.`
        : `What the student guesses behind the mask will be drawn here, as soon as a decoder has been fitted to what the teacher makes of some ${noun.many}.`}
    </EmptyFigure>
  )
}

const COLOURS = {
  plain: 'text-ink',
  teacher: 'text-teacher-text',
  student: 'text-student-text',
} as const

/** Four pictures side by side; sound and text, which are wide, two by two. */
const LAYOUTS: Readonly<Record<Content['kind'], string>> = {
  picture: 'grid grid-cols-2 gap-4 @xl:grid-cols-4',
  sound: 'grid gap-4 @lg:grid-cols-2',
  text: 'grid gap-4 @lg:grid-cols-2',
}

interface PicturesProps {
  readonly snapshot: DrawnSnapshot
  /** Told what plays, and null when nothing does any more. */
  readonly onHear: (snapshot: DrawnSnapshot | null) => void
}

function Pictures({ snapshot, onHear }: PicturesProps) {
  const { content, drawn, label } = snapshot
  const shared = { snapshot, onHear }
  return (
    <div className={LAYOUTS[content.kind]}>
      <Picture
        {...shared}
        title="The student sees"
        play="Play masked"
        colour="student"
        content={content}
        shows="masked"
      />
      <Picture
        {...shared}
        title="The student guesses"
        play="Play guess"
        colour="student"
        content={drawn.guess}
        shows="whole"
        words={`${label}, with what the student guesses behind the mask`}
      />
      <Picture
        {...shared}
        title="The teacher’s answer"
        play="Play the teacher’s answer"
        colour="teacher"
        content={drawn.perfect}
        shows="whole"
        words={`${label}, with what the teacher’s targets look like behind the mask`}
      />
      <Picture
        {...shared}
        title="The sample"
        play="Play sample"
        colour="plain"
        content={content}
        shows="whole"
      />
    </div>
  )
}

interface PictureProps extends PicturesProps {
  readonly title: string
  /** On the button by which it is heard, if it is a sound. */
  readonly play: string
  readonly colour: keyof typeof COLOURS
  readonly content: Content
  readonly shows: Role
  /** What it shows, if its title does not say it. */
  readonly words?: string
}

function Picture(props: PictureProps) {
  const { snapshot, onHear, title, play, colour, content, shows, words = title } = props
  const isPicture = content.kind === 'picture'
  return (
    <div className="grid min-w-0 content-start gap-1.5">
      <h3 className={`small-caps ${COLOURS[colour]}`}>{title}</h3>
      <div className={isPicture ? 'aspect-square' : 'rounded-plate border-rule overflow-hidden border'}>
        <SampleView
          snapshot={{ ...snapshot, content }}
          shows={shows}
          label={words}
          fullLoss={1}
          large={!isPicture}
        />
      </div>
      <div className="flex">
        <PlayButton
          content={content}
          silenced={shows === 'masked' ? snapshot.mask : null}
          title={play}
          onPosition={(seconds) => onHear(seconds === null ? null : snapshot)}
        />
      </div>
    </div>
  )
}
