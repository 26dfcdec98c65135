/**
 * Solves A · X = B for a symmetric, positive definite A by Cholesky's decomposition.
 * @param a `[n, n]`, of which the lower triangle is read
 * @param b `[n, columns]`
 * @returns X, `[n, columns]`
 * @throws an Error if A is not positive definite
 */
export function solve(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return solverOf(a, n)(b)
}

/** The same for one A and any number of Bs. */
export function solverOf(a: Float64Array, n: number): (b: Float64Array) => Float64Array {
  const lower = cholesky(a, n)
  return (b) => {
    const x = Float64Array.from(b)
    forward(lower, x, n)
    backward(lower, x, n)
    return x
  }
}

/** L with L · Lᵀ = A. */
function cholesky(a: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n)
  for (let row = 0; row < n; row++)
    for (let column = 0; column <= row; column++) {
      let sum = a[row * n + column]
      for (let k = 0; k < column; k++) sum -= lower[row * n + k] * lower[column * n + k]
      if (row !== column) lower[row * n + column] = sum / lower[column * n + column]
      else if (sum > 0) lower[row * n + row] = Math.sqrt(sum)
      else throw new Error(`A system of ${n} equations is not positive definite.`)
    }
  return lower
}

/** x ← L⁻¹ · x */
function forward(lower: Float64Array, x: Float64Array, n: number): void {
  const columns = x.length / n
  for (let row = 0; row < n; row++)
    for (let c = 0; c < columns; c++) {
      let sum = x[row * columns + c]
      for (let k = 0; k < row; k++) sum -= lower[row * n + k] * x[k * columns + c]
      x[row * columns + c] = sum / lower[row * n + row]
    }
}

/** x ← L⁻ᵀ · x */
function backward(lower: Float64Array, x: Float64Array, n: number): void {
  const columns = x.length / n
  for (let row = n - 1; row >= 0; row--)
    for (let c = 0; c < columns; c++) {
      let sum = x[row * columns + c]
      for (let k = row + 1; k < n; k++) sum -= lower[k * n + row] * x[k * columns + c]
      x[row * columns + c] = sum / lower[row * n + row]
    }
}
