import { fieldOf, type Config, type FieldName } from '../../config/schema.ts'
import { experiment, presetValue, useExperiment, useField, useProblems } from '../store/experiment.ts'

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

/** Whether a change takes effect only in a new run. */
export function isCold(name: FieldName): boolean {
  return fieldOf(name).applies === 'cold'
}
