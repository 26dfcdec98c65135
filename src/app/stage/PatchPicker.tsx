import type { SnapshotEvent } from '../../worker/protocol.ts'
import { highlight, useHighlight } from './highlight.ts'
import { patchAfterKey } from './patches.ts'
import { describePatch } from './words.ts'

/** The keyboard's way to the patches: one stop of the Tab key, and arrow keys from patch to patch. */
export function PatchPicker({ snapshot }: { readonly snapshot: SnapshotEvent }) {
  const patch = useHighlight((state) => state.patch)
  const { grid, mask } = snapshot
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Patch"
      aria-valuemin={1}
      aria-valuemax={mask.length}
      aria-valuenow={(patch ?? 0) + 1}
      aria-valuetext={
        patch === null ? 'Press an arrow key to choose a patch' : describePatch(snapshot, patch)
      }
      className="absolute inset-0"
      onFocus={() => highlight(patch ?? 0)}
      onBlur={() => highlight(null)}
      onKeyDown={(event) => {
        const next = patchAfterKey(event.key, patch ?? 0, grid)
        if (next === undefined) return
        event.preventDefault()
        highlight(next)
      }}
    />
  )
}
