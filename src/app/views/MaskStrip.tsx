import { useId } from 'react'
import { maskedPath, type Grid } from './grid.ts'

interface MaskStripProps {
  /** `[T]`, 1 = hidden. */
  readonly mask: Uint8Array
  readonly label: string
}

/** What a mask hides of a row of tokens: visible ones in the student's colour, hidden ones hatched. */
export function MaskStrip({ mask, label }: MaskStripProps) {
  const hatch = useId()
  const grid: Grid = [1, mask.length]
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${mask.length} 1`}
      preserveAspectRatio="none"
      className="block h-2 w-full rounded-sm"
    >
      <pattern id={hatch} width={0.5} height={1} patternUnits="userSpaceOnUse">
        <rect width={0.5} height={1} fill="var(--color-masked)" />
        <rect width={0.125} height={1} fill="var(--color-masked-line)" />
      </pattern>
      <rect width={mask.length} height={1} fill="var(--color-student)" />
      <path d={maskedPath(mask, grid)} fill={`url(#${hatch})`} />
    </svg>
  )
}
