import { vi } from 'vitest'
import type { OwnSample } from '../../src/worker/protocol.ts'

/** Files of a person as a worker reports them. */
export function ownImage(id: number): OwnSample {
  const thumbnail = { close: vi.fn() } as unknown as ImageBitmap
  return { id, modality: 'image', file: `${id}.png`, parts: 1, preview: { kind: 'picture', thumbnail } }
}

export function ownRecording(id: number, seconds = 3): OwnSample {
  const preview = { kind: 'sound', seconds, peaks: Uint8Array.of(0, 255) } as const
  return { id, modality: 'audio', file: `${id}.wav`, parts: Math.floor(seconds), preview }
}

export function ownText(id: number, parts = 12): OwnSample {
  const preview = { kind: 'text', excerpt: 'Call me Ishmael.', characters: 900 } as const
  return { id, modality: 'text', file: `${id}.txt`, parts, preview }
}
