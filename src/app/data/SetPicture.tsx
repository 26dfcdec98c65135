import { AudioLines, FileText, Images } from 'lucide-react'
import type { ReactNode } from 'react'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import type { OwnSample } from '../../worker/protocol.ts'
import { Peaks } from './Peaks.tsx'
import type { SampleSet } from '../../config/about.ts'
import { Thumbnail } from './Thumbnail.tsx'
import { TileMosaic } from './TileMosaic.tsx'

/** What a sample set is like, at a glance. */
export function SetPicture({ preview }: Pick<SampleSet, 'preview'>) {
  switch (preview.kind) {
    case 'sprite':
      return <TileMosaic preview={preview} />
    case 'waves':
      return (
        <Waves>
          {preview.waves.map((wave) => (
            <Peaks key={wave} peaks={Array.from(wave, Number)} full={9} className="h-4 w-full" />
          ))}
        </Waves>
      )
    case 'excerpt':
      return <Excerpt>{preview.excerpt}</Excerpt>
  }
}

const MOST_IMAGES = 6
const MOST_WAVES = 3
const ICONS = { picture: Images, sound: AudioLines, text: FileText }

/** The last of the person's own. */
export function OwnPicture({
  modality,
  own,
}: {
  readonly modality: ModalityName
  readonly own: readonly OwnSample[]
}) {
  const last = own.at(-1)?.preview
  switch (last?.kind) {
    case undefined: {
      const Icon = ICONS[MODALITIES[modality].shownAs]
      return (
        <span className="bg-well grid h-16 w-24 shrink-0 place-items-center rounded">
          <Icon size="1.5rem" className="text-muted" aria-hidden />
        </span>
      )
    }
    case 'picture':
      return (
        <span className="bg-well grid min-h-16 w-24 shrink-0 grid-cols-3 content-center rounded">
          {own
            .slice(-MOST_IMAGES)
            .map(
              ({ id, preview }) =>
                preview.kind === 'picture' && (
                  <Thumbnail key={id} bitmap={preview.thumbnail} className="size-8" />
                ),
            )}
        </span>
      )
    case 'sound':
      return (
        <Waves>
          {own
            .slice(-MOST_WAVES)
            .map(
              ({ id, preview }) =>
                preview.kind === 'sound' && (
                  <Peaks key={id} peaks={preview.peaks} full={255} className="h-4 w-full" />
                ),
            )}
        </Waves>
      )
    case 'text':
      return <Excerpt>{last.excerpt}</Excerpt>
  }
}

function Waves({ children }: { readonly children: ReactNode }) {
  return <span className="bg-well grid h-16 w-24 shrink-0 content-evenly rounded px-1">{children}</span>
}

/** A scrap of paper: what matters is that it is text, and what it sounds like. */
function Excerpt({ children }: { readonly children: string }) {
  return (
    <span className="bg-well h-16 w-24 shrink-0 overflow-hidden rounded p-1.5" aria-hidden>
      <span className="line-clamp-4 text-[0.625rem] leading-[0.8125rem] break-words">{children}</span>
    </span>
  )
}
