import type { Theme } from '../store/theme.ts'
import { colourOf, shapeOf, type SHAPES } from './marks.ts'

interface Props {
  readonly slot: number
  readonly theme: Theme
  /** Drawn as a ring: never trained on. */
  readonly isRing?: boolean
}

/** How the samples of a class are drawn, as a sign in a line of text. */
export function Sign({ slot, theme, isRing = false }: Props) {
  const colour = colourOf(slot, theme)
  return (
    <svg viewBox="-1 -1 2 2" className="size-3 shrink-0" aria-hidden>
      <path
        d={PATHS[shapeOf(slot)]}
        fill={isRing ? 'none' : colour}
        stroke={colour}
        strokeWidth={isRing ? 0.34 : 0}
      />
    </svg>
  )
}

const PATHS: Readonly<Record<(typeof SHAPES)[number], string>> = {
  circle: 'M-.74 0a.74 .74 0 1 0 1.48 0a.74 .74 0 1 0-1.48 0z',
  square: 'M-.64-.64h1.28v1.28h-1.28z',
  triangle: 'M0-.8L.81 .6H-.81z',
  diamond: 'M0-.92L.92 0L0 .92L-.92 0z',
}
