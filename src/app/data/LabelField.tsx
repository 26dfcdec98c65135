import { useId, useState } from 'react'
import type { OwnSample } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { commonLabel, countLabels, LONGEST_LABEL } from './labels.ts'
import type { Selection } from './selection.ts'

interface Props {
  readonly list: readonly OwnSample[]
  /** At least one. */
  readonly selection: Selection
  readonly onLabel: (label: string) => void
}

/** Says what the selected files are. */
export function LabelField({ list, selection, onLabel }: Props) {
  const id = useId()
  const now = commonLabel(list, selection)
  const [draft, setDraft] = useState({ of: selection, text: now })
  if (draft.of !== selection) setDraft({ of: selection, text: now })
  const text = draft.text.trim()
  const isTakenBack = text === '' && list.some((sample) => selection.has(sample.id) && sample.label !== '')
  return (
    <form
      className="flex flex-wrap items-center gap-2 text-xs"
      onSubmit={(event) => {
        event.preventDefault()
        onLabel(text)
      }}
    >
      <label htmlFor={id}>Label</label>
      <input
        id={id}
        list={`${id}-known`}
        value={draft.text}
        maxLength={LONGEST_LABEL}
        autoComplete="off"
        placeholder="what they are"
        onChange={({ currentTarget }) => setDraft({ of: selection, text: currentTarget.value })}
        className="rounded-plate border-control bg-surface h-7 min-w-24 flex-1 border px-2"
      />
      <datalist id={`${id}-known`}>
        {countLabels(list).map(({ label }) => label !== '' && <option key={label} value={label} />)}
      </datalist>
      <Button size="small" type="submit" disabled={text === now && !isTakenBack}>
        {isTakenBack ? 'Take the label back' : `Label ${formatCount(selection.size)}`}
      </Button>
    </form>
  )
}
