import { X } from 'lucide-react'
import { useId } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import type { Alike, Content, NeighboursEvent, PeekEvent, SurveyEvent } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { formatNumber } from '../components/format.ts'
import { useShown } from '../store/experiment.ts'
import { map } from '../store/map.ts'
import { PlayButton } from '../views/PlayButton.tsx'
import { SampleBox } from './SampleBox.tsx'
import { classOfSample, countSame, describeNeighbours, describePoint } from './words.ts'

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
  const { shownAs } = MODALITIES[useShown()]
  const name = describePoint(survey, survey.samples.indexOf(chosen))
  return (
    <section aria-labelledby={heading} className="border-rule grid gap-3 border-t pt-3">
      <div className="flex items-center gap-3">
        {shownAs !== 'text' && (
          <div className="rounded-plate border-rule bg-well w-14 shrink-0 overflow-hidden border">
            <SampleBox content={shown?.content ?? null} label={name} shownAs={shownAs} />
          </div>
        )}
        <h3 id={heading} className="min-w-0 flex-1 text-sm">
          <span className="text-muted block text-xs">Most like</span>
          <span className="font-semibold break-words">{name}</span>
        </h3>
        {shown && <PlayButton key={chosen} content={shown.content} silenced={null} title="Play" />}
        <Button look="quiet" size="small" aria-label="Close" onClick={() => map.choose(null)}>
          <X size="1rem" aria-hidden />
        </Button>
      </div>
      {shownAs === 'text' && (
        <div className="rounded-plate bg-well">
          <SampleBox content={shown?.content ?? null} label={name} shownAs={shownAs} />
        </div>
      )}
      <p className="sr-only" role="status">
        {neighbours && describeNeighbours(survey, neighbours)}
      </p>
      <div className="grid gap-4 @2xl:grid-cols-2">
        <Ranking title="By representation" {...{ survey, chosen }} found={neighbours?.learnt} />
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
  const { shownAs } = MODALITIES[useShown()]
  return (
    <section aria-labelledby={heading} className="grid content-start gap-2">
      <h4 id={heading} className="flex flex-wrap justify-between gap-x-3 text-xs">
        <span className="small-caps text-muted">{title}</span>
        <span>{found === undefined ? 'Looking…' : countSame(survey, chosen, found)}</span>
      </h4>
      <ol className={`grid gap-2 ${shownAs === 'text' ? '' : '@2xl:grid-cols-5'}`}>
        {found?.map((one) => (
          <li key={one.sample} className={`grid content-start gap-x-3 gap-y-1 ${ITEMS[shownAs]}`}>
            <Neighbour survey={survey} chosen={chosen} alike={one} />
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Squares stand over what is said of them, or beside it where there is little room; texts always over it. */
const ITEMS: Readonly<Record<Content['kind'], string>> = {
  picture: 'grid-cols-[3.5rem_minmax(0,1fr)] @2xl:grid-cols-1',
  sound: 'grid-cols-[3.5rem_minmax(0,1fr)] @2xl:grid-cols-1',
  text: 'grid-cols-1',
}

interface NeighbourProps {
  readonly survey: SurveyEvent
  readonly chosen: number
  readonly alike: Alike
}

function Neighbour({ survey, chosen, alike: { sample, label, content, similarity } }: NeighbourProps) {
  const kind = classOfSample(survey, sample)
  const isSame = kind === classOfSample(survey, chosen)
  const inLine =
    content.kind === 'text' ? 'flex flex-wrap gap-x-2' : 'grid content-start justify-items-start gap-0.5'
  return (
    <>
      <button
        type="button"
        title={`${label}: show what is most like it`}
        onClick={() => map.choose(sample)}
        className="rounded-plate border-rule hover:border-control self-start overflow-hidden border"
      >
        <SampleBox content={content} label={label} shownAs={content.kind} />
      </button>
      <div className={`text-[0.6875rem] leading-tight ${inLine}`}>
        <span className="line-clamp-2 break-words" title={label}>
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
      </div>
    </>
  )
}
