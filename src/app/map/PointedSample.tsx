import { MODALITIES } from '../../config/modalities.ts'
import type { Content, PeekEvent, SurveyEvent } from '../../worker/protocol.ts'
import { useShown } from '../store/experiment.ts'
import { PlayButton } from '../views/PlayButton.tsx'
import { SampleBox } from './SampleBox.tsx'
import { describePoint } from './words.ts'

interface Props {
  readonly survey: SurveyEvent
  /** The row that is pointed at. */
  readonly row: number | null
  readonly peeked: PeekEvent | null
}

/** What a point stands for, to be seen or heard. Its room is the same for all, so that nothing below it jumps. */
export function PointedSample({ survey, row, peeked }: Props) {
  const { shownAs, sample } = MODALITIES[useShown()]
  const content = row !== null && peeked?.sample === survey.samples[row] ? peeked.content : null
  const name = row === null ? '' : describePoint(survey, row)
  return (
    <div className={`grid items-start gap-x-3 gap-y-1.5 @2xl:grid-cols-1 ${LAYOUTS[shownAs]}`}>
      <div className="rounded-plate border-rule bg-well w-full overflow-hidden border">
        {row === null ? (
          <p className={`text-muted p-3 text-xs ${shownAs === 'text' ? '' : 'aspect-square'}`}>
            Point at a sample to see the {sample.one}. Click it for those most like it.
          </p>
        ) : (
          <SampleBox content={content} label={name} shownAs={shownAs} />
        )}
      </div>
      <div className="grid content-start gap-1.5">
        <p className="line-clamp-2 min-h-8 text-xs leading-4 break-words" title={name}>
          {name}
        </p>
        <div className={shownAs === 'sound' ? 'min-h-7' : ''}>
          {content && <PlayButton key={name} content={content} silenced={null} title="Play" />}
        </div>
      </div>
    </div>
  )
}

/** Where there is little room: a square beside its name, a text over it. */
const LAYOUTS: Readonly<Record<Content['kind'], string>> = {
  picture: 'grid-cols-[9rem_minmax(0,1fr)]',
  sound: 'grid-cols-[9rem_minmax(0,1fr)]',
  text: 'grid-cols-1',
}
