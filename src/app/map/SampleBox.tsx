import type { Content } from '../../worker/protocol.ts'
import { ContentTile } from '../views/ContentTile.tsx'
import { readAloud } from '../views/chips.ts'

interface Props {
  /** Null while it is on its way. */
  readonly content: Content | null
  readonly label: string
  /** What it will be, which says how much room it takes. */
  readonly shownAs: Content['kind']
}

/** A sample small enough to stand beside others: pictures and sounds in a square, a text in a few lines to be read. */
export function SampleBox({ content, label, shownAs }: Props) {
  if (shownAs === 'text')
    return (
      <p className="line-clamp-4 min-h-8 w-full p-1.5 text-left text-xs leading-snug break-words">
        {content?.kind === 'text' && readAloud(content, null)}
      </p>
    )
  return (
    <div className="aspect-square w-full">{content && <ContentTile content={content} label={label} />}</div>
  )
}
