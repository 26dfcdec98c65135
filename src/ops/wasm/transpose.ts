import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import type { WasmBackend } from './backend.ts'

/** Sides of the squares that are turned one after another: both their rows and their columns stay in the cache. */
const TILE = 16

/** `[…, rows, columns]` → `[…, columns, rows]`, without the leaps through memory that tfjs makes for each row. */
export function transposeMatrices(matrices: TensorInfo, backend: WasmBackend): TensorInfo {
  const [rows, columns] = matrices.shape.slice(-2)
  const turned = backend.makeOutput([...matrices.shape.slice(0, -2), columns, rows], 'float32')
  const [from, to] = [matrices, turned].map((tensor) => backend.typedArrayFromHeap(tensor))
  const size = rows * columns
  for (let first = 0; first < util.sizeFromShape(matrices.shape); first += size)
    for (let top = 0; top < rows; top += TILE)
      for (let left = 0; left < columns; left += TILE) {
        const [bottom, right] = [Math.min(top + TILE, rows), Math.min(left + TILE, columns)]
        for (let column = left; column < right; column++) {
          const target = first + column * rows
          for (let row = top; row < bottom; row++) to[target + row] = from[first + row * columns + column]
        }
      }
  return turned
}
