import { describe, expect, test } from 'vitest'
import { colourOf, GROUND, marksOf, OTHERS, shapeOf, slotsOf } from '../../../../src/app/map/marks.ts'
import { survey } from '../../../support/probes.ts'

/** Of class i there are i + 1 samples. */
function surveyOf(classes: number) {
  const classOf = Array.from({ length: classes }, (_, i) => new Array<number>(i + 1).fill(i)).flat()
  const names = Array.from({ length: classes }, (_, i) => `class ${i}`)
  return survey({ classes: names, classOf: Int16Array.from(classOf) })
}

describe('marks', () => {
  test('are another pair of colour and shape for each class, in the order of the classes', () => {
    const marks = marksOf(surveyOf(OTHERS))
    expect(marks.map(({ name }) => name)).toEqual(surveyOf(OTHERS).classes)
    const pairs = marks.map(({ slot }) => `${colourOf(slot, 'light')} ${shapeOf(slot)}`)
    expect(new Set(pairs).size).toBe(OTHERS)
  })

  test('of the rarest classes are one where there are too many', () => {
    const many = surveyOf(OTHERS + 3)
    const marks = marksOf(many)
    expect(marks).toHaveLength(OTHERS + 1)
    expect(marks[0].name).toBe('class 3')
    expect(marks.at(-1)).toEqual({ name: '3 more classes', count: 1 + 2 + 3, slot: OTHERS })
    const slots = slotsOf(many, marks)
    expect([...slots.subarray(0, 7)]).toEqual([OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS, 0])
  })

  test('say of which samples nothing is known', () => {
    const some = survey({ classes: ['cat', 'no label'], classOf: Int16Array.of(0, -1, 1, -1) })
    const marks = marksOf(some)
    expect(marks.map(({ name, count }) => [name, count])).toEqual([
      ['cat', 1],
      ['no label', 1],
      ['no label', 2],
    ])
    expect([...slotsOf(some, marks)]).toEqual([0, OTHERS, 1, OTHERS])
  })

  test('leave out classes that no sample is of, and what has no classes', () => {
    expect(marksOf(survey({ classes: ['none', 'all'], classOf: Int16Array.of(1, 1) }))).toMatchObject([
      { name: 'all', count: 2 },
    ])
    const without = survey({ classes: [], classOf: new Int16Array(3) })
    expect(marksOf(without)).toEqual([])
    expect([...slotsOf(without, [])]).toEqual([OTHERS, OTHERS, OTHERS])
  })

  test.each(['light', 'dark'] as const)('stand out from the ground when it is %s', (theme) => {
    for (let slot = 0; slot <= OTHERS; slot++)
      expect(contrast(colourOf(slot, theme), GROUND[theme])).toBeGreaterThanOrEqual(3) // WCAG 1.4.11
  })
})

/** WCAG's contrast of two CSS colours. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
