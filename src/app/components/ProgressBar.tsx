interface Props {
  readonly label: string
  readonly value: number
  readonly max: number
}

/** A thin line that fills. */
export function ProgressBar({ label, value, max }: Props) {
  return (
    <progress
      aria-label={label}
      value={value}
      max={max}
      className="mt-1 block h-1 w-full appearance-none overflow-hidden rounded-full bg-rule accent-ink [&::-moz-progress-bar]:bg-ink [&::-webkit-progress-bar]:bg-rule [&::-webkit-progress-value]:bg-ink"
    />
  )
}
