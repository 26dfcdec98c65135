import type { SnapshotEvent } from '../../worker/protocol.ts'
import { MaskStrip } from '../views/MaskStrip.tsx'
import { SampleView } from '../views/SampleView.tsx'

/** Views beside the large one that are drawn; the others are counted. */
const MOST_SHOWN = 3

/** The other masked views of the sample that the student learns from in the same step, small. */
export function OtherViews({ snapshot }: { readonly snapshot: SnapshotEvent }) {
  const { masks, content } = snapshot
  const others = masks.slice(1)
  if (others.length === 0) return null
  const shown = others.slice(0, MOST_SHOWN)
  const left = others.length - shown.length
  return (
    <div className="mb-2">
      <p className="text-muted mb-1 text-xs">
        And {others.length} more {others.length === 1 ? 'view' : 'views'} of it in the same step
        {left > 0 && `, of which ${shown.length} are shown`}:
      </p>
      <ul className={content.kind === 'picture' ? 'flex flex-wrap gap-1.5' : 'grid gap-1'}>
        {shown.map((mask, i) => (
          <li key={i} className={content.kind === 'picture' ? 'size-9' : ''}>
            {content.kind === 'picture' ? (
              <SampleView
                snapshot={{ ...snapshot, mask }}
                shows="masked"
                label={`View ${i + 2}, masked`}
                fullLoss={1}
              />
            ) : (
              <MaskStrip mask={mask} label={`View ${i + 2}, masked`} />
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
