import type { Noun } from '../../config/about.ts'
import type { Snapshot } from '../../worker/protocol.ts'
import { tokenAfterKey } from './grid.ts'
import { highlight, useHighlighted } from './highlight.ts'
import { describeToken } from './words.ts'

interface TokenPickerProps {
  readonly snapshot: Snapshot
  /** What a token is called. */
  readonly noun: Noun
}

/** The keyboard's way to the tokens: one stop of the Tab key, and arrow keys from token to token. */
export function TokenPicker({ snapshot, noun }: TokenPickerProps) {
  const { grid, mask } = snapshot
  const token = useHighlighted(mask.length)
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={capital(noun.one)}
      aria-valuemin={1}
      aria-valuemax={mask.length}
      aria-valuenow={(token ?? 0) + 1}
      aria-valuetext={
        token === null ? `Press an arrow key to choose a ${noun.one}` : describeToken(snapshot, token)
      }
      className="pointer-events-none absolute inset-0"
      onFocus={() => highlight(token ?? 0)}
      onBlur={() => highlight(null)}
      onKeyDown={(event) => {
        const next = tokenAfterKey(event.key, token ?? 0, grid)
        if (next === undefined) return
        event.preventDefault()
        highlight(next)
      }}
    />
  )
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
