export interface Wav {
  readonly rate: number
  readonly channels: number
  readonly bits: 8 | 16 | 24 | 32
  readonly frames: number
  /** A sample from −1 to 1. */
  readonly sampleAt: (frame: number, channel: number) => number
}

/** The bytes of a WAV file; 32 bits are floating-point numbers. */
export function wav({ rate, channels, bits, frames, sampleAt }: Wav): Uint8Array<ArrayBuffer> {
  const header = wavHeader(rate, channels, bits, (frames * channels * bits) / 8)
  const bytes = new Uint8Array(header.length + (frames * channels * bits) / 8)
  bytes.set(header)
  const view = new DataView(bytes.buffer, header.length)
  for (let i = 0; i < frames * channels; i++)
    write[bits](view, (i * bits) / 8, sampleAt(Math.floor(i / channels), i % channels))
  return bytes
}

/** The 44 bytes before the samples, which promise `dataBytes` of them. */
export function wavHeader(
  rate: number,
  channels: number,
  bits: number,
  dataBytes: number,
): Uint8Array<ArrayBuffer> {
  const header = new DataView(new ArrayBuffer(44))
  const text = (at: number, letters: string) =>
    new TextEncoder().encode(letters).forEach((byte, i) => header.setUint8(at + i, byte))
  text(0, 'RIFF')
  header.setUint32(4, 36 + dataBytes, true)
  text(8, 'WAVEfmt ')
  header.setUint32(16, 16, true)
  header.setUint16(20, bits === 32 ? 3 : 1, true)
  header.setUint16(22, channels, true)
  header.setUint32(24, rate, true)
  header.setUint32(28, (rate * channels * bits) / 8, true)
  header.setUint16(32, (channels * bits) / 8, true)
  header.setUint16(34, bits, true)
  text(36, 'data')
  header.setUint32(40, dataBytes, true)
  return new Uint8Array(header.buffer)
}

const write: Readonly<Record<Wav['bits'], (view: DataView, at: number, sample: number) => void>> = {
  8: (view, at, sample) => view.setUint8(at, Math.round(sample * 127) + 128),
  16: (view, at, sample) => view.setInt16(at, Math.round(sample * 32_767), true),
  24: (view, at, sample) => {
    const value = Math.round(sample * 8_388_607)
    view.setUint8(at, value & 255)
    view.setInt16(at + 1, value >> 8, true)
  },
  32: (view, at, sample) => view.setFloat32(at, sample, true),
}

/** A tone of 440 Hz at half the greatest loudness, in all channels. */
export function tone(rate: number): Wav['sampleAt'] {
  return (frame) => 0.5 * Math.sin((2 * Math.PI * 440 * frame) / rate)
}
