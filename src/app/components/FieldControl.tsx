import { Info, Undo2 } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import type { Field } from '../../config/fields.ts'
import { optionsOf } from '../../config/relevance.ts'
import { fieldOf, type FieldName } from '../../config/schema.ts'
import { useShown } from '../store/experiment.ts'
import { describeValue } from './format.ts'
import { NumberBox } from './NumberBox.tsx'
import { Slider } from './Slider.tsx'
import { Switch } from './Switch.tsx'
import { useFieldState, useIsCold, type FieldState } from './useFieldState.ts'

interface FieldControlProps {
  readonly name: FieldName
  /** What the paper used for the modality, if it says so. */
  readonly paper: string | undefined
}

/** One hyperparameter as the form shows it: label, control, help, the paper's value, and the way back to the preset's. */
export function FieldControl({ name, paper }: FieldControlProps) {
  const id = useId()
  const field = fieldOf(name)
  const state = useFieldState(name)
  const [error, setError] = useState<{ message: string; over: FieldState['value'] }>()
  const [open, setOpen] = useState(false)
  const helpId = `${id}-help`
  // What was typed wrongly no longer matters once the value was changed another way.
  const complaint = error?.over === state.value ? error.message : state.problem
  const refuse = (message: string | undefined) =>
    setError(message === undefined ? undefined : { message, over: state.value })
  const cold = useIsCold(name)
  const parts = { id, name, field, state, describedBy: helpId, invalid: complaint !== undefined, refuse }

  return (
    <div className="py-2">
      <div className="flex min-h-7 items-center gap-1">
        <label htmlFor={id} className="text-[0.8125rem] font-medium">
          {field.title}
        </label>
        <HelpButton title={field.title} controls={helpId} open={open} onToggle={() => setOpen(!open)} />
        <span className="ml-auto flex items-center gap-1.5">{inlineControl(parts)}</span>
      </div>
      {field.kind === 'choice' && <ChoiceBox {...parts} />}
      {field.kind === 'number' && (
        <Slider
          name={name}
          field={field}
          value={Number(state.value)}
          onChange={state.set}
          describedBy={helpId}
        />
      )}
      <Reference name={name} state={state} paper={paper} />
      {complaint !== undefined && (
        <p role="alert" className="text-difference-text mt-1 text-xs leading-snug">
          {complaint}
        </p>
      )}
      <p id={helpId} hidden={!open} className="text-muted mt-1 max-w-prose text-xs leading-relaxed">
        {field.help} {cold ? 'Takes effect in a new run.' : 'Takes effect at the next step.'}
      </p>
    </div>
  )
}

interface Parts {
  readonly id: string
  readonly name: FieldName
  readonly field: Field
  readonly state: FieldState
  readonly describedBy: string
  readonly invalid: boolean
  readonly refuse: (error: string | undefined) => void
}

function inlineControl({ id, name, field, state, describedBy, invalid, refuse }: Parts): ReactNode {
  switch (field.kind) {
    case 'number':
      return (
        <>
          {field.unit !== undefined && <span className="text-muted text-xs">{field.unit}</span>}
          <NumberBox
            id={id}
            name={name}
            value={Number(state.value)}
            onChange={state.set}
            onError={refuse}
            describedBy={describedBy}
            invalid={invalid}
          />
        </>
      )
    case 'switch':
      return <Switch id={id} checked={state.value === true} onChange={state.set} describedBy={describedBy} />
    case 'choice':
      return null
  }
}

function ChoiceBox({ id, name, state, describedBy, invalid }: Parts) {
  const options = optionsOf(name, useShown())
  return (
    <select
      id={id}
      value={String(state.value)}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      onChange={({ target }) => {
        const option = options.find(({ value }) => value === target.value)
        if (option !== undefined) state.set(option.value as FieldState['value'])
      }}
      className="border-control bg-surface h-8 w-full rounded border px-1.5 text-[0.8125rem]"
    >
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}

interface HelpButtonProps {
  readonly title: string
  readonly controls: string
  readonly open: boolean
  readonly onToggle: () => void
}

function HelpButton({ title, controls, open, onToggle }: HelpButtonProps) {
  return (
    <button
      type="button"
      aria-label={`About ${title}`}
      aria-expanded={open}
      aria-controls={controls}
      onClick={onToggle}
      className="text-muted hover:text-ink grid size-6 shrink-0 place-items-center rounded"
    >
      <Info size="0.8125rem" aria-hidden />
    </button>
  )
}

interface ReferenceProps {
  readonly name: FieldName
  readonly state: FieldState
  readonly paper: string | undefined
}

/** What to compare the value with: the paper's, and the preset's when it was changed; and when a change takes effect. */
function Reference({ name, state, paper }: ReferenceProps) {
  const field = fieldOf(name)
  const cold = useIsCold(name)
  const facts = [...(paper === undefined ? [] : [paper]), ...(cold ? ['new run'] : [])]
  if (facts.length === 0 && !state.changed) return null
  return (
    <div className="text-muted mt-0.5 flex flex-wrap items-center justify-between gap-x-2 text-xs">
      <span>{facts.join(' · ')}</span>
      {state.changed && (
        <button
          type="button"
          onClick={state.clear}
          aria-label={`${field.title}: back to the preset’s ${describeValue(field, state.preset)}`}
          className="text-ink hover:bg-well -mr-1 ml-auto inline-flex min-h-6 items-center gap-1 rounded px-1 text-left"
        >
          <Undo2 size="0.75rem" aria-hidden /> Preset: {describeValue(field, state.preset)}
        </button>
      )}
    </div>
  )
}
