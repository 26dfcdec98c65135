/** The value below which a share of the others lie, between neighbours where it falls between them. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  return below + (above - below) * (place - Math.floor(place))
}

/** NaN of no values. */
export function median(values: readonly number[]): number {
  return values.length === 0 ? NaN : quantile(values, 0.5)
}

/** The distance between the quartiles; NaN of no values. */
export function spread(values: readonly number[]): number {
  return values.length === 0 ? NaN : quantile(values, 0.75) - quantile(values, 0.25)
}

/** The power with which y grows with x: the slope of the least-squares line through (log x, log y). */
export function growthPower(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  const meanX = mean(logs.map(([x]) => x))
  const meanY = mean(logs.map(([, y]) => y))
  const covariance = mean(logs.map(([x, y]) => (x - meanX) * (y - meanY)))
  return covariance / mean(logs.map(([x]) => (x - meanX) ** 2))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
