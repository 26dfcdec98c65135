import { fieldOf, type FieldName } from '../../config/schema.ts'
import { formatValue } from './format.ts'
import { Slider } from './Slider.tsx'
import { useFieldState } from './useFieldState.ts'

interface CompactFieldProps {
  readonly name: FieldName
  /** CSS colour of the part of the picture that it changes. */
  readonly accent: string
}

/** A numeric hyperparameter beside the part of a picture that it changes: the form's own field, made small. */
export function CompactField({ name, accent }: CompactFieldProps) {
  const field = fieldOf(name)
  const { value, set, problem } = useFieldState(name)
  if (field.kind !== 'number') return null
  return (
    <div className="text-left text-xs">
      <div className="flex justify-between gap-2 leading-4">
        <span>{field.title}</span>
        <span className="font-semibold whitespace-nowrap">{formatValue(value)}</span>
      </div>
      <Slider name={name} field={field} value={Number(value)} onChange={set} accent={accent} />
      {problem !== undefined && <p className="text-difference-text leading-snug">{problem}</p>}
    </div>
  )
}
