import { Play, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Content } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { playClip } from '../sound/play.ts'

interface PlayButtonProps {
  readonly content: Content
  /** `[T]`, 1 for each token that is not heard; null to hear all. */
  readonly silenced: Uint8Array | null
  readonly title: string
  /** Told how far the clip is, in seconds, while it plays; null when it ends. */
  readonly onPosition?: (seconds: number | null) => void
}

/** Plays a sound, or stops it. There is nothing to press for what makes none. */
export function PlayButton({ content, silenced, title, onPosition }: PlayButtonProps) {
  const [playing, setPlaying] = useState(false)
  const stop = useRef<() => void>(() => undefined)
  useEffect(() => () => stop.current(), [])
  if (content.kind !== 'sound') return null
  const play = () => {
    setPlaying(true)
    stop.current = playClip(content, silenced, onPosition, () => {
      setPlaying(false)
      onPosition?.(null)
    })
  }
  const Icon = playing ? Square : Play
  return (
    <Button size="small" onClick={playing ? () => stop.current() : play}>
      <Icon size="0.75rem" aria-hidden /> {playing ? 'Stop' : title}
    </Button>
  )
}
