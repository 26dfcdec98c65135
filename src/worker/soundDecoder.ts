import type { Reading } from '../modalities/kind.ts'
import type { DecodeSoundEvent, DropSoundEvent, SoundCommand } from './protocol.ts'

interface Pending {
  samples: Int16Array<ArrayBuffer> | undefined
  filled: number
  readonly reading: Reading | undefined
  readonly resolve: (samples: Int16Array) => void
  readonly reject: (error: Error) => void
}

/** The worker's end of decoding sound, which only the page can do: it asks, and puts the parts of the answer together. */
export class SoundDecoder {
  private readonly ask: (event: DecodeSoundEvent | DropSoundEvent) => void
  private readonly pending = new Map<number, Pending>()
  private next = 0

  constructor(ask: (event: DecodeSoundEvent | DropSoundEvent) => void) {
    this.ask = ask
  }

  /**
   * Mono sound at 16 kHz.
   * @param reading of a person's file; without it, the sound is urgent
   * @throws an Error whose message is for the person
   */
  readonly decode = async (file: Blob, name: string, reading?: Reading): Promise<Int16Array> => {
    const request = this.next++
    const drop = () => this.drop(request, name)
    const decoding = new Promise<Int16Array>((resolve, reject) => {
      this.pending.set(request, { samples: undefined, filled: 0, reading, resolve, reject })
    })
    this.ask({ type: 'decodeSound', request, file, name, urgent: reading === undefined })
    reading?.signal.addEventListener('abort', drop)
    try {
      return await decoding
    } finally {
      reading?.signal.removeEventListener('abort', drop)
    }
  }

  receive(answer: SoundCommand): void {
    const pending = this.pending.get(answer.request)
    if (pending === undefined) return
    if (answer.type === 'soundRefused') {
      this.pending.delete(answer.request)
      pending.reject(new Error(answer.message))
      return
    }
    // Allocated once, for the whole recording, so that no part is held twice.
    pending.samples ??= new Int16Array(answer.total)
    pending.samples.set(answer.samples, pending.filled)
    pending.filled += answer.samples.length
    pending.reading?.onProgress(pending.filled / answer.total)
    if (pending.filled < answer.total) return
    this.pending.delete(answer.request)
    pending.resolve(pending.samples)
  }

  private drop(request: number, name: string): void {
    this.pending.get(request)?.reject(new Error(`“${name}” was not added.`))
    this.pending.delete(request)
    this.ask({ type: 'dropSound', request })
  }
}
