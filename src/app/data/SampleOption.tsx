import type { OwnSample } from '../../worker/protocol.ts'
import type { Grid } from './grid.ts'
import { nameOf, sizeOf } from './ownFiles.ts'
import { Peaks } from './Peaks.tsx'
import { Thumbnail } from './Thumbnail.tsx'

interface Props {
  readonly id: string
  readonly sample: OwnSample
  readonly index: number
  readonly grid: Grid
  readonly active: boolean
  readonly selected: boolean
  readonly onPick: (index: number, extend: boolean) => void
}

/** One of the person's files in the list of them. */
export function SampleOption({ id, sample, index, grid, active, selected, onPick }: Props) {
  const look = selected
    ? 'outline-2 -outline-offset-2 outline-ink'
    : active
      ? 'outline-1 -outline-offset-1 outline-control'
      : ''
  const { columns, rowHeight } = grid
  const [column, row] = [index % columns, Math.floor(index / columns)]
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the listbox around it takes the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-label={descriptionOf(sample)}
      aria-setsize={grid.count}
      aria-posinset={index + 1}
      title={nameOf(sample)}
      onClick={(event) => onPick(index, event.shiftKey)}
      className={`absolute rounded p-0.5 ${look}`}
      style={{
        left: `${(100 * column) / columns}%`,
        top: row * rowHeight,
        width: `${100 / columns}%`,
        height: rowHeight,
      }}
    >
      <div className={`size-full ${selected ? 'opacity-60' : ''}`}>
        <Content sample={sample} />
      </div>
    </div>
  )
}

function Content({ sample }: { readonly sample: OwnSample }) {
  const { preview } = sample
  switch (preview.kind) {
    case 'picture':
      return <Thumbnail bitmap={preview.thumbnail} className="size-full" />
    case 'sound':
      return (
        <span className="flex h-full items-center gap-2 px-1 text-xs">
          <Peaks peaks={preview.peaks} full={255} className="h-8 w-20 shrink-0" />
          <span className="min-w-0 flex-1 truncate font-medium">{nameOf(sample)}</span>
          <span className="text-muted">{sizeOf(sample)}</span>
        </span>
      )
    case 'text':
      return (
        <span className="grid h-full content-center px-1 text-xs leading-snug">
          <span className="flex gap-2">
            <span className="min-w-0 flex-1 truncate font-medium">{nameOf(sample)}</span>
            <span className="text-muted">{sizeOf(sample)}</span>
          </span>
          <span className="text-muted truncate">{preview.excerpt}</span>
        </span>
      )
  }
}

function descriptionOf(sample: OwnSample): string {
  return [nameOf(sample), sizeOf(sample)].filter(Boolean).join(', ')
}
