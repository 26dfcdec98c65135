import { useId } from 'react'
import type { ShownSample } from '../../worker/protocol.ts'
import { teaching, type Role } from '../store/teaching.ts'
import { ContentTile } from '../views/ContentTile.tsx'
import { PlayButton } from '../views/PlayButton.tsx'
import { describeConfidence, isSure } from './words.ts'

export interface Tile extends ShownSample {
  /** How sure it is that the tile shows the thing; undefined while nothing is looked for. */
  readonly confidence?: number | undefined
}

interface Props {
  readonly title: string
  readonly tiles: readonly Tile[]
  /** What they say now of what is looked for. */
  readonly says?: Role
  /** Whether they can be said to show something else. */
  readonly deniable?: boolean
}

/** Samples, each of which a click makes an example, or takes back what it is. */
export function SampleTiles({ title, tiles, says, deniable = false }: Props) {
  const heading = useId()
  return (
    <section aria-labelledby={heading} className="grid gap-2">
      <h3 id={heading} className="small-caps text-muted">
        {title}
      </h3>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(4.5rem,1fr))] gap-3">
        {tiles.map((tile) => (
          <li key={tile.sample} className="grid content-start gap-1">
            <button
              type="button"
              aria-pressed={says !== undefined}
              aria-label={`${tile.label}: ${says === 'counterexamples' ? 'not this' : 'example'}`}
              title={tile.label}
              onClick={() => teaching.toggle(tile, says)}
              className="rounded-plate border-rule hover:border-control aria-pressed:border-ink aspect-square w-full overflow-hidden border-2"
            >
              <ContentTile content={tile.content} label={tile.label} />
            </button>
            <Confidence confidence={tile.confidence} />
            {deniable && (
              <button
                type="button"
                aria-label={`${tile.label}: not this`}
                onClick={() => teaching.toggle(tile, 'counterexamples')}
                className="text-muted hover:text-ink justify-self-start text-xs underline underline-offset-2"
              >
                Not this
              </button>
            )}
            <PlayButton content={tile.content} silenced={null} title="Play" />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Confidence({ confidence }: { readonly confidence: number | undefined }) {
  if (confidence === undefined) return null
  return (
    <div className="grid gap-0.5">
      <div className="bg-well h-1 rounded-full" aria-hidden>
        <div className="bg-ink h-1 rounded-full" style={{ width: `${100 * confidence}%` }} />
      </div>
      <span className={isSure(confidence) ? 'text-xs font-semibold' : 'text-muted text-xs'}>
        {describeConfidence(confidence)}
      </span>
    </div>
  )
}
