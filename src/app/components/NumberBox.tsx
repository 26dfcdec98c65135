import { useState } from 'react'
import { parseValue } from '../../config/parse.ts'
import type { FieldName } from '../../config/schema.ts'
import { useShown } from '../store/experiment.ts'
import { formatValue } from './format.ts'

interface NumberBoxProps {
  readonly name: FieldName
  readonly id: string
  readonly value: number
  readonly onChange: (value: number) => void
  /** Called with a sentence when what was typed is not allowed, and with undefined when it is again. */
  readonly onError: (error: string | undefined) => void
  readonly describedBy: string
  readonly invalid: boolean
}

/** Takes exact text. It is applied on Enter or on leaving the box, if it is allowed; Escape takes it back. */
export function NumberBox({ name, id, value, onChange, onError, describedBy, invalid }: NumberBoxProps) {
  const modality = useShown()
  const [draft, setDraft] = useState<{ text: string; over: number } | null>(null)
  // A draft over a value that has since been changed elsewhere (the slider, another preset) is out of date.
  const text = draft?.over === value ? draft.text : formatValue(value)

  const forget = () => {
    setDraft(null)
    onError(undefined)
  }
  const apply = () => {
    const parsed = parseValue(modality, name, text)
    if ('error' in parsed) {
      onError(parsed.error)
      return
    }
    forget()
    if (parsed.value !== value) onChange(Number(parsed.value))
  }

  return (
    <input
      id={id}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      value={text}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={({ target }) => setDraft({ text: target.value, over: value })}
      onBlur={apply}
      onKeyDown={({ key }) => {
        if (key === 'Enter') apply()
        if (key === 'Escape') forget()
      }}
      className="border-control bg-surface aria-invalid:border-difference h-7 w-[4.5rem] rounded border px-1.5 text-right text-[0.8125rem] aria-invalid:border-2"
    />
  )
}
