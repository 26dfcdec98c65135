import { useId } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import type { ShownSample } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { FigureFrame } from '../figures/FigureFrame.tsx'
import { useShown } from '../store/experiment.ts'
import { teaching, useTeaching, type Teaching } from '../store/teaching.ts'
import { SampleTiles, type Tile } from './SampleTiles.tsx'
import { TeachDrop } from './TeachDrop.tsx'
import { describeLeftOut, describeTeaching, fromExamples, isSure } from './words.ts'

/** Few-shot: a thing that was never trained on is found by the nearest neighbours of a few examples. */
export function TeachFigure() {
  const state = useTeaching()
  const { gathered } = state
  const { file } = MODALITIES[useShown()]
  const hasFiles = gathered !== null && gathered.samples.length > 0
  return (
    <FigureFrame
      title="Teach it something new"
      description={describeTeaching(state, file)}
      actions={
        hasFiles && (
          <Button size="small" look="quiet" onClick={teaching.clear}>
            Clear
          </Button>
        )
      }
      caption="Nothing is trained here: what is nearest to the examples in the representation counts as the same thing. It is sure of what is much more like them than like the samples of the set. The better the representation, the fewer examples it needs."
    >
      <TeachDrop />
      <Refusals state={state} />
      {hasFiles && <Taught state={state} samples={gathered.samples} />}
    </FigureFrame>
  )
}

function Taught({ state, samples }: { readonly state: Teaching; readonly samples: readonly ShownSample[] }) {
  const name = useId()
  const thing = state.name.trim() || 'this'
  const confidence = confidences(state)
  const shown = new Set([...state.examples, ...state.counterexamples].map(({ sample }) => sample))
  const tileOf = (shown: ShownSample): Tile => ({ ...shown, confidence: confidence.get(shown.sample) })
  const rest = samples
    .filter(({ sample }) => !shown.has(sample))
    .map(tileOf)
    .sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0))
  const inSet = state.found?.inSet ?? []
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <label htmlFor={name}>The new thing is called</label>
        <input
          id={name}
          value={state.name}
          maxLength={40}
          placeholder="a name"
          onChange={({ currentTarget }) => teaching.setName(currentTarget.value)}
          className="rounded-plate border-control bg-surface w-40 border px-2 py-1"
        />
      </div>
      <p className="text-sm" role="status">
        {state.examples.length === 0
          ? `Click the ones that show ${thing}: two or three are enough.`
          : resultOf(thing, state, rest)}
      </p>
      {state.examples.length > 0 && (
        <SampleTiles title={`Examples of ${thing}`} tiles={state.examples} says="examples" />
      )}
      {state.counterexamples.length > 0 && (
        <SampleTiles title={`Not ${thing}`} tiles={state.counterexamples} says="counterexamples" />
      )}
      {rest.length > 0 && (
        <SampleTiles
          title={state.found === null ? 'To look through' : `The others, the surest first`}
          tiles={rest}
          deniable={state.found !== null}
        />
      )}
      {inSet.some(({ confidence }) => isSure(confidence)) && (
        <p className="text-sm">
          It is sure of some of the sample set, too: what is learnt so far does not tell them from {thing}.
          Train longer, or give more examples.
        </p>
      )}
      {state.found !== null && inSet.length > 0 && (
        <SampleTiles
          title="Surest in the sample set"
          tiles={inSet.filter(({ sample }) => !shown.has(sample))}
        />
      )}
    </div>
  )
}

function confidences({ found }: Teaching): ReadonlyMap<number, number> {
  const all = found === null ? [] : [...found.gathered, ...found.inSet]
  return new Map(all.map(({ sample, confidence }) => [sample, confidence]))
}

function resultOf(thing: string, state: Teaching, rest: readonly Tile[]): string {
  const { examples, counterexamples, found } = state
  const from = fromExamples(examples, counterexamples)
  if (found === null) return `${from}: looking…`
  const sure = rest.filter(({ confidence = 0 }) => isSure(confidence)).length
  return `${from} it takes ${sure} of ${rest.length} others for ${thing}.`
}

/** What of the latest files is not looked through. */
function Refusals({ state: { gathered, problems } }: { readonly state: Teaching }) {
  const { sample } = MODALITIES[useShown()]
  const { refused = [], leftOut = 0, samples = [] } = gathered ?? {}
  const remarks = [...problems, ...refused].map(({ message }) => message)
  if (leftOut > 0) remarks.push(describeLeftOut(samples.length, leftOut, sample))
  if (remarks.length === 0) return null
  return (
    <ul role="alert" className="text-difference-text grid gap-1 text-xs">
      {remarks.map((remark, i) => (
        <li key={i}>{remark}</li>
      ))}
    </ul>
  )
}
