import { useState, type ReactNode } from 'react'
import type { SoundContent } from '../../worker/protocol.ts'
import { PlayButton } from './PlayButton.tsx'

interface HearItProps {
  readonly content: SoundContent
  /** `[T]`, 1 is masked. */
  readonly mask: Uint8Array
  /** Told when it begins to play, and when it has ended. */
  readonly onHear: (plays: boolean) => void
  /** The clip, as wide as there is room. */
  readonly children: ReactNode
}

/** A clip to be heard as the teacher hears it and as the student does, with a line that shows where it is. */
export function HearIt({ content, mask, onHear, children }: HearItProps) {
  const [seconds, setSeconds] = useState<number | null>(null)
  const follow = (at: number | null) => {
    onHear(at !== null)
    setSeconds(at)
  }
  const covered = (mask.length * content.tokenSamples) / content.rate
  return (
    <div className="grid gap-1">
      <div className="rounded-plate border-rule relative overflow-hidden border">
        {children}
        {seconds !== null && (
          <div
            className="bg-audio outline-surface pointer-events-none absolute inset-y-0 w-0.5 outline-1"
            style={{ left: `${Math.min(100, (100 * seconds) / covered)}%` }}
            aria-hidden
          />
        )}
      </div>
      <div className="text-muted flex justify-between text-xs" aria-hidden>
        <span>0 s</span>
        <span>{covered.toFixed(2)} s</span>
      </div>
      <div className="mt-1 flex flex-wrap gap-2">
        <PlayButton content={content} silenced={null} title="Play whole (teacher)" onPosition={follow} />
        <PlayButton content={content} silenced={mask} title="Play masked (student)" onPosition={follow} />
      </div>
    </div>
  )
}
