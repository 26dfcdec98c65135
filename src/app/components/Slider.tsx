import type { CSSProperties, KeyboardEvent } from 'react'
import type { NumberField } from '../../config/fields.ts'
import type { FieldName } from '../../config/schema.ts'
import { describeValue } from './format.ts'
import { notches, nudge, toPosition, toValue } from './scale.ts'
import { useSliderField } from './useFieldState.ts'

interface SliderProps {
  readonly name: FieldName
  readonly field: NumberField
  readonly value: number
  readonly onChange: (value: number) => void
  readonly describedBy?: string
  /** CSS colour of the part of the picture that it changes. */
  readonly accent?: string
}

const KEYS = new Map([
  ['ArrowRight', 1],
  ['ArrowUp', 1],
  ['ArrowLeft', -1],
  ['ArrowDown', -1],
  ['PageUp', 10],
  ['PageDown', -10],
])

/** Nothing where the field's range is too fine for a slider. */
export function Slider({ name, field: whole, value, onChange, describedBy, accent }: SliderProps) {
  const field = useSliderField(name, whole)
  const count = notches(field)
  if (count === 0) return null
  const position = toPosition(field, value)
  // The browser's own arrow keys move one notch, which on a curved scale may round back to the same value.
  const move = (event: KeyboardEvent) => {
    const direction = KEYS.get(event.key)
    if (direction === undefined) return
    event.preventDefault()
    onChange(nudge(field, value, direction))
  }
  return (
    <input
      type="range"
      className="slider"
      style={
        {
          '--filled': `${100 * position}%`,
          ...(accent === undefined ? {} : { '--accent': accent }),
        } as CSSProperties
      }
      min={0}
      max={count}
      step={1}
      value={Math.round(position * count)}
      aria-label={field.title}
      aria-valuetext={describeValue(field, value)}
      aria-describedby={describedBy}
      onKeyDown={move}
      onChange={({ target }) => onChange(toValue(field, Number(target.value) / count))}
    />
  )
}
