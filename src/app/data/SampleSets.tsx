import { Images } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { FEWEST_OWN_IMAGES } from '../../config/check.ts'
import { FIELDS, type Config } from '../../config/schema.ts'
import { formatCount } from '../components/format.ts'
import { experiment, useField } from '../store/experiment.ts'
import { useFiles } from '../store/files.ts'
import { SAMPLE_SETS } from './sampleSets.ts'
import { Thumbnail } from './Thumbnail.tsx'
import { TileMosaic } from './TileMosaic.tsx'

/** What the networks look at: a set that comes with the page, or the person's own images. */
export function SampleSets() {
  const chosen = useField('samples')
  const licence = SAMPLE_SETS.find(({ value }) => value === chosen)?.licence
  return (
    <fieldset className="grid gap-1">
      <legend className="sr-only">{FIELDS.samples.title}</legend>
      {SAMPLE_SETS.map((set) => (
        <SetChoice
          key={set.value}
          value={set.value}
          picture={<TileMosaic set={set} />}
          content={`${formatCount(set.count)} ${set.content}`}
        />
      ))}
      <OwnChoice />
      <p className="px-2 text-[0.6875rem] leading-snug text-muted">
        {licence ?? 'They never leave this browser.'}
      </p>
    </fieldset>
  )
}

const SHOWN = 6

function OwnChoice() {
  const list = useFiles((state) => state.list)
  return (
    <SetChoice
      value="own"
      disabled={list.length < FEWEST_OWN_IMAGES}
      picture={
        <span className="grid min-h-16 w-24 shrink-0 grid-cols-3 content-center rounded bg-well">
          {list.length === 0 && (
            <Images size="1.5rem" className="col-span-3 justify-self-center text-muted" aria-hidden />
          )}
          {list.slice(-SHOWN).map(({ id, thumbnail }) => (
            <Thumbnail key={id} bitmap={thumbnail} className="size-8" />
          ))}
        </span>
      }
      content={countOf(list.length)}
    />
  )
}

function countOf(images: number): string {
  if (images === 0) return 'None yet: drop some below'
  if (images < FEWEST_OWN_IMAGES) return `${images} image: add at least ${FEWEST_OWN_IMAGES - images} more`
  return `${formatCount(images)} images`
}

interface SetChoiceProps {
  readonly value: Config['samples']
  readonly picture: ReactNode
  readonly content: string
  readonly disabled?: boolean
}

function SetChoice({ value, picture, content, disabled = false }: SetChoiceProps) {
  const id = useId()
  const chosen = useField('samples')
  const title = FIELDS.samples.options.find((option) => option.value === value)?.label
  return (
    <label className="relative flex items-center gap-3 rounded-plate border border-transparent p-2 hover:bg-well has-checked:border-ink has-disabled:hover:bg-transparent has-focus-visible:outline-2 has-focus-visible:outline-student">
      <input
        type="radio"
        name="samples"
        aria-label={title}
        aria-describedby={id}
        checked={chosen === value}
        disabled={disabled}
        onChange={() => experiment.setSamples(value)}
        // Over the whole row and not seen: a click lands on the input itself.
        className="absolute inset-0 opacity-0"
      />
      {picture}
      <span className="min-w-0 text-xs leading-snug">
        <span className="block text-[0.8125rem] font-semibold">{title}</span>
        <span id={id} className="text-muted">
          {content}
        </span>
      </span>
    </label>
  )
}
