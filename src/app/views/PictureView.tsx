import { useMemo } from 'react'
import type { PictureContent } from '../../worker/protocol.ts'
import { Pixels } from './Pixels.tsx'
import { tokenColours } from './pixels.ts'
import { marksOf } from './role.ts'
import { TokenGrid } from './TokenGrid.tsx'
import type { ViewProps } from './view.ts'

/** A picture cut into patches, or one colour for each patch. */
export function PictureView({
  snapshot,
  content,
  shows,
  label,
  fullLoss,
  shades,
  picker,
}: ViewProps<PictureContent>) {
  const { grid, mask } = snapshot
  const colours = useMemo(() => tokenColours(snapshot, shows, fullLoss), [snapshot, shows, fullLoss])
  return (
    <TokenGrid
      grid={grid}
      mask={mask}
      marks={marksOf(shows)}
      lines={shows !== 'sample'}
      shades={shades}
      picker={picker}
    >
      {colours === null ? (
        <Pixels label={label} pixels={content.rgba} width={content.side} />
      ) : (
        <Pixels label={label} pixels={colours} width={grid[1]} />
      )}
    </TokenGrid>
  )
}
