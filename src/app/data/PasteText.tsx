import { useId, useState } from 'react'
import { Button } from '../components/Button.tsx'
import { files } from '../store/files.ts'

/** A place to paste or type a text, for which there is no file. */
export function PasteText() {
  const id = useId()
  const [text, setText] = useState('')
  const add = () => {
    files.addText(text)
    setText('')
  }
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-[0.8125rem] font-medium">
        Paste or type text
      </label>
      <textarea
        id={id}
        rows={3}
        value={text}
        onChange={({ target }) => setText(target.value)}
        className="border-control bg-surface w-full resize-y rounded border p-1.5 text-[0.8125rem] leading-snug"
      />
      <Button size="small" className="justify-self-end" disabled={text.trim() === ''} onClick={add}>
        Add text
      </Button>
    </div>
  )
}
