import { useMemo } from 'react'
import type { SoundContent } from '../../worker/protocol.ts'
import { useTheme } from '../store/theme.ts'
import { Pixels } from './Pixels.tsx'
import { tokenColours } from './pixels.ts'
import { marksOf } from './role.ts'
import { framesOf, loudestOf, spectrogramPixels, wavePath } from './spectrogram.ts'
import { TokenGrid } from './TokenGrid.tsx'
import type { ViewProps } from './view.ts'

/** Width over height of a large view. */
const LARGE_ASPECT = 3.2

/** With more tokens side by side, the lines between them would hide what they part. */
const MOST_LINES = 64

/** A clip as its spectrogram, low sounds at the bottom, over its waveform; or one colour for each frame. */
export function SoundView(props: ViewProps<SoundContent>) {
  const { snapshot, content, shows, label, fullLoss, large = false, shades, picker } = props
  const { grid, mask } = snapshot
  const [, tokens] = grid
  // The sample's own, so that what is drawn anew can be compared with it.
  const loudest = useMemo(
    () => loudestOf(snapshot.content.kind === 'sound' ? snapshot.content : content),
    [snapshot, content],
  )
  const colours = useMemo(() => tokenColours(snapshot, shows, fullLoss), [snapshot, shows, fullLoss])
  const view = (
    <TokenGrid
      grid={grid}
      mask={mask}
      marks={marksOf(shows)}
      lines={large && tokens <= MOST_LINES}
      aspect={large ? LARGE_ASPECT : 1}
      shades={shades}
      picker={picker}
    >
      {colours === null ? (
        <Sound content={content} tokens={tokens} loudest={loudest} label={label} />
      ) : (
        <div className="relative size-full">
          <Pixels label={label} pixels={colours} width={tokens} />
          <Wave content={content} tokens={tokens} loudest={loudest} className="fill-ink opacity-25" />
        </div>
      )}
    </TokenGrid>
  )
  return large ? <div style={{ aspectRatio: LARGE_ASPECT }}>{view}</div> : view
}

interface SoundProps {
  readonly content: SoundContent
  readonly tokens: number
  readonly loudest: number
  readonly label: string
}

function Sound({ content, tokens, loudest, label }: SoundProps) {
  const [theme] = useTheme()
  const frames = framesOf(content, tokens)
  const pixels = useMemo(() => spectrogramPixels(content, frames, theme), [content, frames, theme])
  return (
    <div className="bg-surface relative size-full">
      <div className="absolute inset-x-0 top-0 h-3/4">
        <Pixels label={label} pixels={pixels} width={frames} />
      </div>
      <Wave
        content={content}
        tokens={tokens}
        loudest={loudest}
        className="border-rule fill-audio-text border-t"
      />
    </div>
  )
}

interface WaveProps {
  readonly content: SoundContent
  readonly tokens: number
  readonly loudest: number
  readonly className: string
}

/** The waveform, at the same place in each view: where in the clip one is. */
function Wave({ content, tokens, loudest, className }: WaveProps) {
  const path = useMemo(() => wavePath(content, tokens, loudest), [content, tokens, loudest])
  return (
    <svg
      viewBox="0 -1.1 1 2.2"
      preserveAspectRatio="none"
      className={`absolute inset-x-0 bottom-0 h-1/4 w-full ${className}`}
      aria-hidden
    >
      <path d={path} />
    </svg>
  )
}
