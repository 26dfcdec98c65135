import { describe, expect, test } from 'vitest'
import { coloursOf } from '../../../src/probes/colours.ts'

const colourOf = (...coordinates: number[]) => [...coloursOf(Float32Array.from(coordinates))]

describe('coloursOf', () => {
  test('shows the centre as grey', () => {
    const [red, green, blue] = colourOf(0, 0, 0)
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThanOrEqual(1) // rounding
  })

  test('makes the first coordinate lighter and the others coloured', () => {
    const sum = (colour: number[]) => colour.reduce((total, value) => total + value, 0)
    expect(sum(colourOf(2, 0, 0))).toBeGreaterThan(sum(colourOf(0, 0, 0)))
    expect(sum(colourOf(-2, 0, 0))).toBeLessThan(sum(colourOf(0, 0, 0)))
    const [red, green] = colourOf(0, 2, 0)
    expect(red).toBeGreaterThan(green)
    const [, yellowGreen, yellowBlue] = colourOf(0, 0, 2)
    expect(yellowGreen).toBeGreaterThan(yellowBlue)
  })

  test('colours each point by itself', () => {
    expect(colourOf(1, -1, 0.5, 0, 0, 0)).toEqual([...colourOf(1, -1, 0.5), ...colourOf(0, 0, 0)])
  })

  test('tells far points from very far ones no more, without wrapping round', () => {
    expect(colourOf(1e6, 1e6, 1e6)).toEqual(colourOf(1e3, 1e3, 1e3))
  })
})
