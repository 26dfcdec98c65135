import { useMemo } from 'react'
import type { SoundContent } from '../../worker/protocol.ts'
import { useTheme } from '../store/theme.ts'
import { Pixels } from './Pixels.tsx'
import { tokenColours } from './pixels.ts'
import { marksOf } from './role.ts'
import { framesOf, spectrogramPixels, wavePath } from './spectrogram.ts'
import { TokenGrid } from './TokenGrid.tsx'
import type { ViewProps } from './view.ts'

/** Width over height of a large view. */
const LARGE_ASPECT = 3.2

/** A clip as its spectrogram, low sounds at the bottom, over its waveform; or one colour for each frame. */
export function SoundView(props: ViewProps<SoundContent>) {
  const { snapshot, content, shows, label, fullLoss, large = false, picker } = props
  const { grid, mask } = snapshot
  const [, tokens] = grid
  const colours = useMemo(() => tokenColours(snapshot, shows, fullLoss), [snapshot, shows, fullLoss])
  const view = (
    <TokenGrid
      grid={grid}
      mask={mask}
      marks={marksOf(shows)}
      lines={large} // in a small view they would hide what they part
      aspect={large ? LARGE_ASPECT : 1}
      picker={picker}
    >
      {colours === null ? (
        <Sound content={content} tokens={tokens} label={label} />
      ) : (
        <Pixels label={label} pixels={colours} width={tokens} />
      )}
    </TokenGrid>
  )
  return large ? <div style={{ aspectRatio: LARGE_ASPECT }}>{view}</div> : view
}

interface SoundProps {
  readonly content: SoundContent
  readonly tokens: number
  readonly label: string
}

function Sound({ content, tokens, label }: SoundProps) {
  const [theme] = useTheme()
  const frames = framesOf(content, tokens)
  const pixels = useMemo(() => spectrogramPixels(content, frames, theme), [content, frames, theme])
  const wave = useMemo(() => wavePath(content, tokens), [content, tokens])
  return (
    <div className="bg-surface relative size-full">
      <div className="absolute inset-x-0 top-0 h-3/4">
        <Pixels label={label} pixels={pixels} width={frames} />
      </div>
      <svg
        viewBox="0 -1.1 1 2.2"
        preserveAspectRatio="none"
        className="border-rule absolute inset-x-0 bottom-0 h-1/4 w-full border-t"
        aria-hidden
      >
        <path d={wave} fill="var(--color-audio-text)" />
      </svg>
    </div>
  )
}
