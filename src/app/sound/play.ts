import type { SoundContent } from '../../worker/protocol.ts'
import { silence } from './silence.ts'

/** Browsers let a page make sound only after a gesture, so it is there from the first clip on. */
let output: AudioContext | undefined

/** Ends the clip that plays. */
let stopCurrent: () => void = () => undefined

/**
 * Plays a clip in place of the one that plays. To be called from a click or a key.
 * @param silenced `[T]`, 1 for each token that is not heard, as the student hears the clip; null for all of it, as the
 * teacher does
 * @param onPosition told once a frame how many seconds have been heard
 * @param onEnd told once: at the end of the clip, when it is stopped, or when another one begins
 * @returns stops it
 */
export function playClip(
  content: SoundContent,
  silenced: Uint8Array | null,
  onPosition?: (seconds: number) => void,
  onEnd?: () => void,
): () => void {
  stopCurrent()
  const context = (output ??= new AudioContext())
  void context.resume()
  const source = sourceOf(context, content, silenced)
  const startedAt = context.currentTime
  const seconds = content.samples.length / content.rate
  let frame = 0
  const follow = () => {
    onPosition?.(Math.min(seconds, context.currentTime - startedAt))
    frame = requestAnimationFrame(follow)
  }
  let over = false
  const finish = () => {
    if (over) return
    over = true
    cancelAnimationFrame(frame)
    source.disconnect()
    onEnd?.()
  }
  const stop = () => {
    if (over) return
    source.stop()
    finish()
  }
  source.onended = finish
  source.start()
  if (onPosition) frame = requestAnimationFrame(follow)
  stopCurrent = stop
  return stop
}

function sourceOf(
  context: AudioContext,
  content: SoundContent,
  silenced: Uint8Array | null,
): AudioBufferSourceNode {
  const samples = silenced === null ? content.samples : silence(content, silenced)
  const buffer = context.createBuffer(1, samples.length, content.rate)
  buffer.copyToChannel(samples, 0)
  const source = context.createBufferSource()
  source.buffer = buffer
  source.connect(context.destination)
  return source
}
