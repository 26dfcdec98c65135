import { useMemo } from 'react'
import { mostOf } from '../../config/check.ts'
import type { NumberField } from '../../config/fields.ts'
import { presetValue } from '../../config/presets.ts'
import { isHot } from '../../config/relevance.ts'
import type { Config, FieldName } from '../../config/schema.ts'
import { configOf, experiment, useExperiment, useField, useProblems } from '../store/experiment.ts'

type Value = Config[FieldName]

/** One field of the form with all that its control shows. */
export interface FieldState {
  readonly value: Value
  readonly preset: Value
  readonly changed: boolean
  /** A sentence when the value contradicts another setting. */
  readonly problem: string | undefined
  readonly set: (value: Value) => void
  readonly clear: () => void
}

export function useFieldState(name: FieldName): FieldState {
  const value = useField(name)
  const preset = useExperiment((state) => presetValue(state, name))
  const problem = useProblems().find(({ field }) => field === name)?.message
  return {
    value,
    preset,
    changed: value !== preset,
    problem,
    set: (next) => experiment.setField(name, next),
    clear: () => experiment.clearField(name),
  }
}

/** The field's slider ends where its value would contradict another setting. */
export function useSliderField(name: FieldName, field: NumberField): NumberField {
  const max = useExperiment((state) => mostOf(name, field.max, configOf(state)))
  return useMemo(() => ({ ...field, max }), [field, max])
}

/** Whether a change takes effect only in a new run. */
export function useIsCold(name: FieldName): boolean {
  return useExperiment((state) => !isHot(name, configOf(state)))
}
