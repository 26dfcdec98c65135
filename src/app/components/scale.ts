import type { NumberField } from '../../config/fields.ts'

/** Notches of a slider on a curved scale; a linear one has one for each step. */
const NOTCHES = 200
/** A slider with more stops than this cannot be set with a hand. */
const MOST_STOPS = 100_000

/** Notches of the field's slider, or 0 where none is fine enough to be of use. */
export function notches(field: NumberField): number {
  if (field.scale !== 'linear') return NOTCHES
  const stops = Math.round((field.max - field.min) / field.step)
  return stops > MOST_STOPS ? 0 : stops
}

/** Where the value stands on the slider, from 0 to 1. */
export function toPosition(field: NumberField, value: number): number {
  const { min, max } = field
  const clamped = Math.min(max, Math.max(min, value))
  switch (field.scale) {
    case 'linear':
      return (clamped - min) / (max - min)
    case 'log':
      return Math.log(clamped / min) / Math.log(max / min)
    case 'decay':
      return clamped >= max ? 1 : Math.min(1, Math.log((1 - clamped) / (1 - min)) / decaySpan(field))
  }
}

/** The value at a position from 0 to 1, rounded to what a person would choose there. */
export function toValue(field: NumberField, position: number): number {
  const { min, max } = field
  if (position >= 1) return max
  if (position <= 0) return min
  switch (field.scale) {
    case 'linear':
      return snap(field, min + position * (max - min))
    case 'log':
      return snap(field, twoDigits(min * (max / min) ** position))
    case 'decay':
      return snap(field, 1 - twoDigits((1 - min) * Math.exp(position * decaySpan(field))))
  }
}

/** The next value that differs, `direction` notches up or down: an arrow key always moves. */
export function nudge(field: NumberField, value: number, direction: number): number {
  const count = notches(field)
  const start = Math.round(toPosition(field, value) * count)
  for (let notch = start; notch >= 0 && notch <= count; notch += Math.sign(direction)) {
    const next = toValue(field, notch / count)
    if (Math.abs(notch - start) >= Math.abs(direction) && (next - value) * direction > 0) return next
  }
  return direction > 0 ? field.max : field.min
}

/** log of the smallest 1 − x on the scale, against the largest: one step short of 1 where the scale reaches 1. */
function decaySpan({ min, max, step }: NumberField): number {
  return Math.log(Math.max(1 - max, step) / (1 - min))
}

function twoDigits(value: number): number {
  return Number(value.toPrecision(2))
}

function snap({ min, max, step }: NumberField, value: number): number {
  const whole = Math.round(value / step) * step
  // Twelve digits: enough for every step of the schema, and without the binary dust of 0.1 + 0.2.
  return Number(Math.min(max, Math.max(min, whole)).toPrecision(12))
}
