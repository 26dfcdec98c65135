import { SAMPLE_RATE } from '../../config/audio.ts'
import type { DecodeSoundEvent, SoundCommand } from '../../worker/protocol.ts'
import { unreadable } from '../../unreadable.ts'
import { readMetadata, type Metadata } from './metadata.ts'
import { mixDown } from './mix.ts'
import { Queue } from './queue.ts'
import { damaged, failed, holdsNoSound, refuseLong, refuseShort } from './refusals.ts'
import { nextTurn } from './turn.ts'

/** Samples of one part, 10 s: mixed down in a few milliseconds, even of eight channels. */
const PART_SAMPLES = 10 * SAMPLE_RATE

/** Takes each answer, and the buffer of its samples with it. */
type Send = (command: SoundCommand) => void

const queue = new Queue()

/**
 * Decodes the sound of a file to 16 kHz and answers with it in parts, or with a sentence why it cannot be used. Files
 * wait for one another, because a long one fills some gigabytes while it is decoded.
 * @param signal aborted when nobody wants the answer any more: then none is given
 */
export function decodeSound(
  { request, file, name, urgent }: DecodeSoundEvent,
  send: Send,
  signal: AbortSignal,
): Promise<void> {
  const refuse = (message: string) => {
    if (!signal.aborted) send({ type: 'soundRefused', request, message })
  }
  const decodeAndSend = async () => {
    if (signal.aborted) return
    const decoded = await decode(file, name)
    if (typeof decoded === 'string') refuse(decoded)
    else await sendParts(decoded, request, send, signal)
  }
  return queue.add(() => decodeAndSend().catch((error: unknown) => refuse(failed(name, error))), urgent)
}

/** All of a file's sound in its own channels, or a sentence that refuses it. */
async function decode(file: Blob, name: string): Promise<AudioBuffer | string> {
  const metadata = await readMetadata(file)
  const tooLong = refuseLong(name, metadata?.duration ?? 0)
  if (tooLong !== undefined) return tooLong
  const bytes = await file.arrayBuffer().catch(() => undefined)
  if (bytes === undefined) return unreadable(name)
  const context = new OfflineAudioContext(1, 1, SAMPLE_RATE)
  const decoded = await context.decodeAudioData(bytes).catch(() => undefined)
  if (decoded === undefined) return refuseUndecoded(name, metadata)
  const { duration } = decoded
  return refuseLong(name, duration) ?? refuseShort(name, duration) ?? decoded
}

function refuseUndecoded(name: string, metadata: Metadata | undefined): string {
  return metadata?.hasPictures ? holdsNoSound(name) : damaged(name)
}

/** Mixes down and sends part by part; the page has its turn in between. */
async function sendParts(
  decoded: AudioBuffer,
  request: number,
  send: Send,
  signal: AbortSignal,
): Promise<void> {
  const total = decoded.length
  for (let first = 0; first < total && !signal.aborted; first += PART_SAMPLES) {
    const length = Math.min(PART_SAMPLES, total - first)
    const channels = Array.from({ length: decoded.numberOfChannels }, (_, channel) => {
      const part = new Float32Array(length)
      decoded.copyFromChannel(part, channel, first)
      return part
    })
    send({ type: 'soundPart', request, samples: mixDown(channels), total })
    await nextTurn()
  }
}
