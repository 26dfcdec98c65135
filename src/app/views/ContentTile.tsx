import { useMemo } from 'react'
import type { Content, SoundContent } from '../../worker/protocol.ts'
import { useTheme } from '../store/theme.ts'
import { readAloud } from './chips.ts'
import { Pixels } from './Pixels.tsx'
import { spectrogramPixels } from './spectrogram.ts'

interface Props {
  readonly content: Content
  readonly label: string
}

/** A sample as what it is, small and square. */
export function ContentTile({ content, label }: Props) {
  switch (content.kind) {
    case 'picture':
      return <Pixels label={label} pixels={content.rgba} width={content.side} />
    case 'sound':
      return <SoundTile content={content} label={label} />
    case 'text':
      return (
        <p className="bg-well size-full overflow-hidden p-1 text-left text-[0.5625rem] leading-tight break-words">
          {readAloud(content, null)}
        </p>
      )
  }
}

function SoundTile({ content, label }: { readonly content: SoundContent; readonly label: string }) {
  const [theme] = useTheme()
  const { frames } = content.spectrogram
  const pixels = useMemo(() => spectrogramPixels(content, frames, theme), [content, frames, theme])
  return (
    <div className="bg-surface size-full">
      <Pixels label={label} pixels={pixels} width={frames} />
    </div>
  )
}
