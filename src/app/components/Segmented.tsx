import { useId } from 'react'

interface SegmentedProps<Value extends string> {
  /** What is chosen, for a screen reader. */
  readonly legend: string
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly size?: keyof typeof SIZES
  /** Id of what explains the choice. */
  readonly describedBy?: string
}

const SIZES = {
  normal: 'px-1 py-1.5 text-[0.8125rem]',
  small: 'px-2 py-0.5 text-xs',
} as const

/** One of a few, side by side. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { legend, options, value: chosen, onChange, size = 'normal', describedBy } = props
  const group = useId()
  return (
    <fieldset aria-describedby={describedBy}>
      <legend className="sr-only">{legend}</legend>
      <div className="bg-well rounded-plate grid auto-cols-auto grid-flow-col gap-1 p-1">
        {options.map(({ value, label }) => (
          <label
            key={value}
            className={`has-checked:bg-surface has-checked:border-control has-checked:shadow-plate border border-transparent has-focus-visible:outline-student rounded text-center font-medium whitespace-nowrap has-focus-visible:outline-2 ${SIZES[size]}`}
          >
            <input
              type="radio"
              name={group}
              value={value}
              checked={value === chosen}
              onChange={() => onChange(value)}
              className="sr-only"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
