import { vi } from 'vitest'
import type { FileToAdd, OwnSample } from '../../src/worker/protocol.ts'

/** Files of a person as a worker reports them. */
export function ownImage(id: number): OwnSample {
  const thumbnail = { close: vi.fn() } as unknown as ImageBitmap
  return {
    id,
    modality: 'image',
    file: `${id}.png`,
    label: '',
    parts: 1,
    preview: { kind: 'picture', thumbnail },
  }
}

export function ownRecording(id: number, seconds = 3): OwnSample {
  const preview = { kind: 'sound', seconds, peaks: Uint8Array.of(0, 255) } as const
  return { id, modality: 'audio', file: `${id}.wav`, label: '', parts: Math.floor(seconds), preview }
}

export function ownText(id: number, parts = 12): OwnSample {
  const preview = { kind: 'text', excerpt: 'Call me Ishmael.', characters: 900 } as const
  return { id, modality: 'text', file: `${id}.txt`, label: '', parts, preview }
}

/** A file as it is added by itself, in no folder. */
export function unlabelled(file: File): FileToAdd {
  return { file, label: '' }
}
