import type { SurveyEvent } from '../../worker/protocol.ts'
import type { Theme } from '../store/theme.ts'

/** How samples of a class are drawn. Each class has a colour and a shape of its own, so that colour is not all. */
export interface Mark {
  readonly name: string
  /** Its samples on the map. */
  readonly count: number
  /** The number that the samples of the class are drawn by. */
  readonly slot: number
}

export const SHAPES = ['circle', 'square', 'triangle', 'diamond'] as const

/**
 * Six hues that colour-blind people tell apart, after Paul Tol's “bright” scheme, and four more, so that ten classes have
 * one each; deeper on light ground.
 */
export const HUES: Readonly<Record<Theme, readonly string[]>> = {
  light: [
    '#4477aa',
    '#e0495c',
    '#228833',
    '#a8901c',
    '#1f96ba',
    '#aa3377',
    '#d4700a',
    '#6f55cc',
    '#8a5a3c',
    '#4f8a8b',
  ],
  dark: [
    '#6f9fd0',
    '#ee7785',
    '#4cb562',
    '#ccbb44',
    '#66ccee',
    '#d06aa5',
    '#f5a04a',
    '#a894f0',
    '#c69c7e',
    '#8fc7c0',
  ],
}

/**
 * Classes that have a mark of their own: ten hues and four shapes taken in turn are twenty pairs, of which neighbours
 * share neither. The slot after those is of all others, circles without a colour.
 */
export const OTHERS = 12
export const OTHERS_COLOUR: Readonly<Record<Theme, string>> = { light: '#7d8188', dark: '#8b929d' }

/** Of outlines, and of what lies under the points: --color-ink and --color-surface as numbers can be made of. */
export const INK: Readonly<Record<Theme, string>> = { light: '#1b1c1e', dark: '#ecedee' }
export const GROUND: Readonly<Record<Theme, string>> = { light: '#ffffff', dark: '#1b1e23' }

/** Diameter of a point in rem: the more there are, the smaller, as long as shapes can be told. */
export function pointSize(count: number): number {
  return Math.min(0.625, Math.max(0.4, 0.9 - 0.14 * Math.log10(count)))
}

export function shapeOf(slot: number): (typeof SHAPES)[number] {
  return slot === OTHERS ? 'circle' : SHAPES[slot % SHAPES.length]
}

export function colourOf(slot: number, theme: Theme): string {
  return slot === OTHERS ? OTHERS_COLOUR[theme] : HUES[theme][slot % HUES[theme].length]
}

/**
 * What the map's signs mean, the classes in their own order. Where there are too many, the rarest share one sign, which
 * comes last, with samples of no class; where there are no classes, there is nothing to explain.
 */
export function marksOf({ classes, classOf }: SurveyEvent): Mark[] {
  if (classes.length === 0) return []
  const counts = classes.map(() => 0)
  for (const one of classOf) if (one >= 0) counts[one]++
  const present = classes.map((_, i) => i).filter((i) => counts[i] > 0)
  const shown = new Set(present.toSorted((a, b) => counts[b] - counts[a]).slice(0, OTHERS))
  const own = present.filter((i) => shown.has(i))
  const marks = own.map((i, slot) => ({ name: classes[i], count: counts[i], slot }))
  const rest = present.length - own.length
  const count = classOf.length - marks.reduce((sum, mark) => sum + mark.count, 0)
  if (count === 0) return marks
  const unknown = classOf.some((one) => one < 0)
  const name = [...(rest > 0 ? [`${rest} more classes`] : []), ...(unknown ? ['no label'] : [])].join(', ')
  return [...marks, { name, count, slot: OTHERS }]
}

/** `[N]`: the slot by which each sample is drawn. */
export function slotsOf({ classes, classOf }: SurveyEvent, marks: readonly Mark[]): Uint8Array {
  const own = marks.filter(({ slot }) => slot !== OTHERS)
  const slotOfName = new Map(own.map(({ name, slot }) => [name, slot]))
  return Uint8Array.from(classOf, (one) => slotOfName.get(classes[one]) ?? OTHERS)
}
