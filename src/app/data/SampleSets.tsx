import { useId, type ReactNode } from 'react'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import { optionsOf } from '../../config/relevance.ts'
import { FIELDS, type Config } from '../../config/schema.ts'
import type { OwnSample } from '../../worker/protocol.ts'
import { formatCount } from '../components/format.ts'
import { isEnough } from '../store/changes.ts'
import { experiment, useField, useShown } from '../store/experiment.ts'
import { useOwn } from '../store/files.ts'
import { amountOf, countFiles } from './ownFiles.ts'
import { OwnPicture, SetPicture } from './SetPicture.tsx'

/** What the networks look at: a set that comes with the page, or the person's own. */
export function SampleSets() {
  const modality = useShown()
  const chosen = useField('samples')
  const own = useOwn()
  const sets = MODALITIES[modality].sets
  const options = optionsOf('samples', modality)
  const licence = sets.find(({ value }) => value === chosen)?.licence
  return (
    <fieldset className="grid gap-1">
      <legend className="sr-only">{FIELDS.samples.title}</legend>
      {sets.map(({ value, preview, count, content }) => (
        <SetChoice
          key={value}
          value={value}
          title={options.find((option) => option.value === value)?.label ?? value}
          picture={<SetPicture preview={preview} />}
          content={`${formatCount(count)} ${content}`}
        />
      ))}
      <SetChoice
        value="own"
        title={`My ${MODALITIES[modality].file.many}`}
        disabled={!isEnough(own)}
        picture={<OwnPicture modality={modality} own={own} />}
        content={describeOwn(modality, own)}
      />
      <p className="text-muted px-2 text-[0.6875rem] leading-snug">
        {licence ?? 'They never leave this browser.'}
      </p>
    </fieldset>
  )
}

function describeOwn(modality: ModalityName, own: readonly OwnSample[]): string {
  if (own.length === 0) return 'None yet: add some below'
  if (isEnough(own)) return amountOf(modality, own)
  return `${countFiles(modality, own.length)}, too short to train on: add more`
}

interface SetChoiceProps {
  readonly value: Config['samples']
  readonly title: string
  readonly picture: ReactNode
  readonly content: string
  readonly disabled?: boolean
}

function SetChoice({ value, title, picture, content, disabled = false }: SetChoiceProps) {
  const id = useId()
  const chosen = useField('samples')
  return (
    <label className="rounded-plate hover:bg-well has-checked:border-ink has-focus-visible:outline-student relative flex items-center gap-3 border border-transparent p-2 has-disabled:hover:bg-transparent has-focus-visible:outline-2">
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
