import { useId } from 'react'
import { Switch } from '../components/Switch.tsx'

interface Props {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** Whether the loss is drawn on a logarithmic axis, which shows small losses as well as large ones. */
export function LogSwitch({ checked, onChange }: Props) {
  const id = useId()
  return (
    <span className="flex items-center gap-2 text-xs text-muted">
      <label htmlFor={id}>Log scale</label>
      <Switch id={id} checked={checked} onChange={onChange} />
    </span>
  )
}
