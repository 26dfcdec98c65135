import { MODALITIES } from '../../config/modalities.ts'
import type { PeekEvent, SurveyEvent } from '../../worker/protocol.ts'
import { useShown } from '../store/experiment.ts'
import { ContentTile } from '../views/ContentTile.tsx'
import { PlayButton } from '../views/PlayButton.tsx'
import { describePoint } from './words.ts'

interface Props {
  readonly survey: SurveyEvent
  /** The row that is pointed at. */
  readonly row: number | null
  readonly peeked: PeekEvent | null
}

/** What a point stands for, to be seen or heard. */
export function PointedSample({ survey, row, peeked }: Props) {
  const { shownAs } = MODALITIES[useShown()]
  if (row === null)
    return (
      <p className="rounded-plate bg-well text-muted p-3 text-xs">
        Point at a sample to see what it is. Click it for those that are most like it.
      </p>
    )
  const content = peeked?.sample === survey.samples[row] ? peeked.content : null
  const name = describePoint(survey, row)
  return (
    <div className="grid grid-cols-[6rem_minmax(0,1fr)] items-start gap-3 @2xl:grid-cols-1 @2xl:gap-2">
      <div className="rounded-plate border-rule bg-well aspect-square w-full max-w-40 overflow-hidden border">
        {content && <ContentTile content={content} label={name} />}
      </div>
      <div className="grid content-start gap-1.5">
        <p className="text-xs leading-snug break-words">{name}</p>
        {/* Its room is kept while the sound is on its way, so that the legend stays where it is. */}
        <div className={shownAs === 'sound' ? 'min-h-7' : ''}>
          {content && <PlayButton key={survey.samples[row]} content={content} silenced={null} title="Play" />}
        </div>
      </div>
    </div>
  )
}
