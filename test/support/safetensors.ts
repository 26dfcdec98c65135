import { readFileSync } from 'node:fs'

export interface StoredTensor {
  readonly shape: number[]
  readonly values: Float32Array
}

interface Entry {
  readonly dtype: string
  readonly shape: number[]
  readonly data_offsets: [number, number]
}

/** Reads a trusted safetensors file; every type becomes float32. */
export function readSafetensors(path: string): Map<string, StoredTensor> {
  const bytes = readFileSync(path)
  const headerLength = Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength)) as Record<string, Entry>
  const data = bytes.subarray(8 + headerLength)
  const tensors = new Map<string, StoredTensor>()
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const { dtype, shape, data_offsets } = entry
    tensors.set(name, { shape, values: decode(dtype, new Uint8Array(data.subarray(...data_offsets)).buffer) })
  }
  return tensors
}

function decode(dtype: string, buffer: ArrayBuffer): Float32Array {
  switch (dtype) {
    case 'F32':
      return new Float32Array(buffer)
    case 'F64':
      return Float32Array.from(new Float64Array(buffer))
    case 'I32':
      return Float32Array.from(new Int32Array(buffer))
    case 'U8':
      return Float32Array.from(new Uint8Array(buffer))
    default:
      throw new Error(`Tensors of type ${dtype} are not read.`)
  }
}
