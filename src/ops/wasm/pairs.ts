import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import type { WasmBackend } from './backend.ts'

/** The program's own product of `[batch, rows, inner]` and `[batch, inner, columns]`; shapes are bytes of 32-bit numbers. */
type Multiply = (
  left: number,
  leftShape: Uint8Array,
  leftRank: number,
  right: number,
  rightShape: Uint8Array,
  rightRank: number,
  transposeLeft: number,
  transposeRight: number,
  out: number,
) => void

/** Names of tensors that are there for one product only: tfjs counts its own upwards from 1. */
const LEFT = 0x7ffffffd
const RIGHT = 0x7ffffffe
const OUT = 0x7fffffff

const BYTES = Float32Array.BYTES_PER_ELEMENT

/**
 * Multiplies the matrices of two batches pair by pair: `[…, rows, inner]` and `[…, inner, columns]`. XNNPACK is used for one
 * product at a time, so each is named as a product of three tensors that lie within those of the batches.
 */
export function multiplyPairs(left: TensorInfo, right: TensorInfo, backend: WasmBackend): TensorInfo {
  const [rows, inner] = left.shape.slice(-2)
  const columns = right.shape[right.shape.length - 1]
  const out = backend.makeOutput([...left.shape.slice(0, -1), columns], 'float32')
  const { registerTensor, disposeData } = backend.wasm.tfjs
  const multiply = productOf(backend)
  const operands = [
    { id: LEFT, size: rows * inner, start: backend.getMemoryOffset(left.dataId) },
    { id: RIGHT, size: inner * columns, start: backend.getMemoryOffset(right.dataId) },
    { id: OUT, size: rows * columns, start: backend.getMemoryOffset(out.dataId) },
  ]
  const shapes = [bytesOf([1, rows, inner]), bytesOf([1, inner, columns])]
  for (let pair = 0; pair < util.sizeFromShape(left.shape.slice(0, -2)); pair++) {
    for (const { id, size, start } of operands) registerTensor(id, size, start + pair * size * BYTES)
    try {
      multiply(LEFT, shapes[0], 3, RIGHT, shapes[1], 3, 0, 0, OUT)
    } finally {
      for (const { id } of operands) disposeData(id)
    }
  }
  return out
}

const products = new WeakMap<WasmBackend, Multiply>()

function productOf(backend: WasmBackend): Multiply {
  const known = products.get(backend)
  if (known) return known
  const operand = ['number', 'array', 'number'] as const
  const product = backend.wasm.cwrap('BatchMatMul', null, [
    ...operand,
    ...operand,
    'number',
    'number',
    'number',
  ])
  products.set(backend, product as Multiply)
  return product as Multiply
}

function bytesOf(shape: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(shape).buffer)
}
