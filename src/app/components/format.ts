import type { Field } from '../../config/fields.ts'
import type { Config, FieldName } from '../../config/schema.ts'

const NOTHING = '–'
const MINUS = '−'

// Made once: toLocaleString makes one at every call, and the charts' axes call it at every update.
const COUNT = new Intl.NumberFormat('en')
const THREE_DIGITS = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 })

/** Three significant digits, as a person reads them: 0.113, 9.80, 1,240, 3.2 × 10⁻⁷. A dash for no number. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return NOTHING
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`
  const size = Math.abs(value)
  if (size !== 0 && size < 1e-4) return scientific(value)
  return size === 0 ? '0' : THREE_DIGITS.format(value).replace('-', MINUS)
}

/** A whole number with its thousands apart. */
export function formatCount(value: number): string {
  return COUNT.format(value)
}

/** “0.8 s”, “12 s”, “3:05”, “1:02:03”. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : formatClock(whole)
}

/** “8 s”, “3 min”, “1 h 10 min”: seconds that something may take. */
export function formatRoughly(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest === 0 ? `${formatCount(hours)} h` : `${formatCount(hours)} h ${rest} min`
}

/** “0:07”, “3:05”, “1:02:03”: whole seconds that have passed. */
export function formatClock(seconds: number): string {
  const whole = Math.floor(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const parts = hours > 0 ? [hours, twoDigits(minutes), twoDigits(rest)] : [minutes, twoDigits(rest)]
  return parts.join(':')
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** τ with as many digits as tell it from 1. */
export function formatDecay(tau: number): string {
  return Number.isNaN(tau) ? NOTHING : tau.toFixed(decayDigits(tau))
}

/** What the teacher keeps of itself at one step, as a percentage. */
export function formatKept(tau: number): string {
  return Number.isNaN(tau) ? NOTHING : `${(100 * tau).toFixed(Math.max(0, decayDigits(tau) - 2))} %`
}

function decayDigits(tau: number): number {
  const rest = 1 - tau
  return rest <= 0 || rest >= 0.1 ? 3 : Math.min(6, 1 - Math.floor(Math.log10(rest) + 1e-9))
}

/** A field's value exactly, as its box shows and takes it. */
export function formatValue(value: Config[FieldName]): string {
  return String(value)
}

/** A field's value in words, with its unit. */
export function describeValue(field: Field, value: Config[FieldName]): string {
  switch (field.kind) {
    case 'number':
      return field.unit === undefined ? String(value) : `${String(value)} ${field.unit}`
    case 'choice':
      return field.options.find((option) => option.value === value)?.label ?? String(value)
    case 'switch':
      return value === true ? 'On' : 'Off'
  }
}

function scientific(value: number): string {
  const [mantissa, exponent] = value.toExponential(1).split('e')
  return `${mantissa.replace('-', MINUS)} × 10${superscript(exponent)}`
}

function superscript(exponent: string): string {
  const digits: Record<string, string> = { '-': '⁻', '+': '' }
  return Array.from(exponent, (c) => digits[c] ?? '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]).join('')
}
