const STEPS = [1, 2, 5, 10]

/** Round numbers (1, 2 or 5 × 10ⁿ apart) from `low` to `high`, about `count` of them. */
export function linearTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low]
  const step = nearestRound((high - low) / count)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step))
}

/**
 * Ticks of a logarithmic axis within [low, high], both above 0: 1, 2 and 5 of each decade while there are few decades,
 * then whole decades, then every second, third … of them.
 */
export function logTicks(low: number, high: number, count: number): number[] {
  const within = (tick: number) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)
  const first = Math.floor(Math.log10(low))
  const decades = Math.ceil(Math.log10(high)) - first
  const powers = Array.from({ length: decades + 1 }, (_, i) => first + i)
  const fine = powers.flatMap((power) => [1, 2, 5].map((digit) => tidy(digit * 10 ** power))).filter(within)
  if (fine.length <= count) return fine.length > 1 ? fine : linearTicks(low, high, count - 1)
  const every = Math.ceil(decades / count)
  return powers
    .filter((power) => power % every === 0)
    .map((power) => tidy(10 ** power))
    .filter(within)
}

/** The nearest of 1, 2, 5 × 10ⁿ, by ratio. */
function nearestRound(value: number): number {
  const [low, high] = [roundDown(value), roundUp(value)]
  return value / low < high / value ? low : high
}

/** Takes the tail of rounding errors off: 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}

/** The nearest of 1, 2, 5 × 10ⁿ at or above `value` > 0: an axis that ends there moves seldom while its data grow. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return tidy(power * (STEPS.find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10))
}

/** The nearest of 1, 2, 5 × 10ⁿ at or below `value` > 0. */
export function roundDown(value: number): number {
  const up = roundUp(value)
  if (up <= value * (1 + 1e-9)) return up
  const leading = Number(up.toExponential().split('e')[0])
  return tidy(leading === 5 ? (up / 5) * 2 : up / 2)
}

// Made once: toLocaleString makes one at every call, and axes call it at every update.
const TICK = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

/** A tick in as few characters as it needs. */
export function formatTick(tick: number): string {
  if (tick !== 0 && Math.abs(tick) < 1e-4) return tick.toExponential().replace('-', '−')
  return TICK.format(tick)
}
