import type { DecodeSoundEvent, SoundCommand } from './protocol.ts'

interface Pending {
  samples: Int16Array<ArrayBuffer> | undefined
  filled: number
  readonly resolve: (samples: Int16Array) => void
  readonly reject: (error: Error) => void
}

/** The worker's end of decoding sound, which only the page can do: it asks, and puts the parts of the answer together. */
export class SoundDecoder {
  private readonly ask: (event: DecodeSoundEvent) => void
  private readonly pending = new Map<number, Pending>()
  private next = 0

  constructor(ask: (event: DecodeSoundEvent) => void) {
    this.ask = ask
  }

  /** Mono sound at 16 kHz. @throws an Error whose message is for the person */
  readonly decode = (file: Blob, name: string): Promise<Int16Array> => {
    const request = this.next++
    return new Promise((resolve, reject) => {
      this.pending.set(request, { samples: undefined, filled: 0, resolve, reject })
      this.ask({ type: 'decodeSound', request, file, name })
    })
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
    if (pending.filled < answer.total) return
    this.pending.delete(answer.request)
    pending.resolve(pending.samples)
  }
}
