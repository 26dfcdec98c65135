import type { Theme } from '../store/theme.ts'

/** What lies under a translucent colour, from 0 to 255: theme.css’s surface. */
const SURFACE = { light: [255, 255, 255], dark: [27, 30, 35] } as const

/** Share of each primary in how bright a colour is, and the brightness at which black and white read equally well. */
const BRIGHTNESS = [0.2126, 0.7152, 0.0722] as const
const MIDDLE = 0.179

/** Black or white, whichever reads better on a colour, `[red, green, blue, alpha]`: at least 4.5 : 1 (WCAG 2.2, 1.4.3). */
export function inkOn(colour: Uint8ClampedArray, theme: Theme): string {
  const alpha = colour[3] / 255
  const brightness = BRIGHTNESS.reduce((sum, share, i) => {
    const level = (alpha * colour[i] + (1 - alpha) * SURFACE[theme][i]) / 255
    return sum + share * linear(level)
  }, 0)
  return brightness > MIDDLE ? '#000' : '#fff'
}

/** Light of an sRGB level, both from 0 to 1. */
function linear(level: number): number {
  return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4
}
