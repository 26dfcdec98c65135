import { peaksPath } from './peaksPath.ts'

interface PeaksProps {
  /** Loudness over time. */
  readonly peaks: ArrayLike<number>
  /** The loudest that a peak can be. */
  readonly full: number
  readonly className: string
}

/** A sound as bars over time, small. */
export function Peaks({ peaks, full, className }: PeaksProps) {
  const { path, bars } = peaksPath(peaks, full)
  return (
    <svg viewBox={`0 -1 ${bars} 2`} preserveAspectRatio="none" className={className} aria-hidden>
      <path d={path} stroke="var(--color-audio)" strokeWidth="0.125rem" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
