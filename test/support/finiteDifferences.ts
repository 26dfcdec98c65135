import { add, dispose, grads, mul, sum, tensor, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core'

/** Large enough to rise above float32 rounding, small enough for the curvature of our functions. */
const STEP = 1e-2

/**
 * The largest difference between the gradient of `f` and central differences along random directions, over the
 * largest directional derivative. With float32 values and this step, a right gradient stays below 5e-3.
 */
export function gradientError(f: (...inputs: Tensor[]) => Scalar, inputs: Tensor[], directions = 8): number {
  const gradients = grads(f)(inputs)
  const pairs = Array.from({ length: directions }, (_, seed) => {
    const direction = inputs.map((input, i) => directionOf(input, seed * inputs.length + i))
    const along = (distance: number) =>
      tidy(() => f(...inputs.map((x, i) => add(x, mul(direction[i], distance)))).dataSync()[0])
    const numeric = (along(STEP) - along(-STEP)) / (2 * STEP)
    const analytic = tidy(() =>
      gradients.reduce((total, g, i) => total + sum(mul(g, direction[i])).dataSync()[0], 0),
    )
    dispose(direction)
    return { numeric, analytic }
  })
  dispose(gradients)
  const scale = Math.max(...pairs.map(({ numeric }) => Math.abs(numeric)))
  return Math.max(...pairs.map(({ numeric, analytic }) => Math.abs(numeric - analytic))) / scale
}

/** A deterministic direction with entries in (−1, 1), the same shape as `like`. */
function directionOf(like: Tensor, seed: number): Tensor {
  return tensor(wave(like.size, seed + 1), like.shape)
}

/** Numbers in (−1, 1) without any pattern that a test could depend on. */
export function wave(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) =>
    Math.sin(12.9898 * (i + 1) + 78.233 * seed + 0.37 * i * seed),
  )
}

/** A tensor of such numbers. */
export function waveTensor(shape: number[], seed: number): Tensor {
  return tensor(
    wave(
      shape.reduce((product, size) => product * size, 1),
      seed,
    ),
    shape,
  )
}
