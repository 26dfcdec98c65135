import { X } from 'lucide-react'
import { useId } from 'react'
import type { Alike, NeighboursEvent, PeekEvent, SurveyEvent } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { formatNumber } from '../components/format.ts'
import { map } from '../store/map.ts'
import { ContentTile } from '../views/ContentTile.tsx'
import { PlayButton } from '../views/PlayButton.tsx'
import { classOfSample, countSame, describePoint } from './words.ts'

interface Props {
  readonly survey: SurveyEvent
  readonly chosen: number
  readonly shown: PeekEvent | null
  /** Null while they are looked for. */
  readonly neighbours: NeighboursEvent | null
}

/** The samples most like one in the representation, beside those most like it in raw input. */
export function Neighbours({ survey, chosen, shown, neighbours }: Props) {
  const heading = useId()
  const name = describePoint(survey, survey.samples.indexOf(chosen))
  return (
    <section aria-labelledby={heading} className="border-rule grid gap-3 border-t pt-3">
      <div className="flex items-center gap-3">
        <div className="rounded-plate border-rule bg-well size-14 shrink-0 overflow-hidden border">
          {shown && <ContentTile content={shown.content} label={name} />}
        </div>
        <h3 id={heading} className="min-w-0 flex-1 text-sm">
          <span className="text-muted block text-xs">Most like</span>
          <span className="font-semibold break-words">{name}</span>
        </h3>
        {shown && <PlayButton key={chosen} content={shown.content} silenced={null} title="Play" />}
        <Button look="quiet" size="small" aria-label="Close" onClick={() => map.choose(null)}>
          <X size="1rem" aria-hidden />
        </Button>
      </div>
      <div className="grid gap-4 @2xl:grid-cols-2">
        <Ranking title="By what has been learnt" {...{ survey, chosen }} found={neighbours?.learnt} />
        <Ranking title="By raw input" {...{ survey, chosen }} found={neighbours?.raw} />
      </div>
    </section>
  )
}

interface RankingProps {
  readonly title: string
  readonly survey: SurveyEvent
  readonly chosen: number
  readonly found: readonly Alike[] | undefined
}

function Ranking({ title, survey, chosen, found }: RankingProps) {
  const heading = useId()
  const same =
    found &&
    countSame(
      survey,
      chosen,
      found.map(({ sample }) => sample),
    )
  return (
    <section aria-labelledby={heading} className="grid content-start gap-2">
      <h4 id={heading} className="flex flex-wrap justify-between gap-x-3 text-xs">
        <span className="small-caps text-muted">{title}</span>
        <span>{found === undefined ? 'Looking…' : same}</span>
      </h4>
      <ol className="grid grid-cols-5 gap-2">
        {found?.map((one) => (
          <li key={one.sample} className="grid content-start gap-1 text-[0.6875rem] leading-tight">
            <Neighbour survey={survey} chosen={chosen} alike={one} />
          </li>
        ))}
      </ol>
    </section>
  )
}

interface NeighbourProps {
  readonly survey: SurveyEvent
  readonly chosen: number
  readonly alike: Alike
}

function Neighbour({ survey, chosen, alike: { sample, label, content, similarity } }: NeighbourProps) {
  const kind = classOfSample(survey, sample)
  const isSame = kind === classOfSample(survey, chosen)
  return (
    <>
      <button
        type="button"
        title={`${label}: show what is most like it`}
        onClick={() => map.choose(sample)}
        className="rounded-plate border-rule hover:border-control aspect-square w-full overflow-hidden border"
      >
        <ContentTile content={content} label={label} />
      </button>
      <span className="line-clamp-2 break-words" title={kind ?? label}>
        {kind ?? label}
      </span>
      {kind !== null && (
        <span className={isSame ? 'text-muted' : 'text-difference-text font-semibold'}>
          {isSame ? 'same class' : 'other class'}
        </span>
      )}
      <span className="text-muted" title="Cosine of the angle between the two">
        {formatNumber(similarity)}
      </span>
      <PlayButton content={content} silenced={null} title="Play" />
    </>
  )
}
