import { useState } from 'react'
import { LONGEST_NOTE } from '../../config/storage.ts'
import type { ListedRun } from '../../worker/protocol.ts'
import { kept } from '../store/kept.ts'

/** A line that the person writes about a run. It is kept when the field is left, or with Enter; Escape takes it back. */
export function NoteField({ of, name }: { readonly of: ListedRun; readonly name: string }) {
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    if (draft !== null && draft.trim() !== of.note) kept.note(of, draft.trim())
    setDraft(null)
  }
  return (
    <input
      type="text"
      aria-label={`Note on ${name}`}
      placeholder="Note"
      maxLength={LONGEST_NOTE}
      title={of.note}
      className="placeholder:text-muted hover:border-rule focus:border-control rounded-plate -mx-1 w-full border border-transparent text-ellipsis bg-transparent px-1 text-xs"
      value={draft ?? of.note}
      onChange={({ target }) => setDraft(target.value)}
      onBlur={save}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Escape') setDraft(null)
        if (key === 'Enter') currentTarget.blur()
      }}
    />
  )
}
