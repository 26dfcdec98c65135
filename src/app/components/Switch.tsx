interface SwitchProps {
  readonly id?: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly describedBy?: string
}

/** Its label is a `<label>` around it or for its id. */
export function Switch({ id, checked, onChange, describedBy }: SwitchProps) {
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      aria-checked={checked}
      checked={checked}
      aria-describedby={describedBy}
      onChange={({ target }) => onChange(target.checked)}
      className="bg-control before:bg-surface checked:bg-ink relative h-5 w-9 shrink-0 appearance-none rounded-full transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-4 before:rounded-full before:transition-transform checked:before:translate-x-4"
    />
  )
}
