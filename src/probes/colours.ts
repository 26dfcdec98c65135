/** How far one standard deviation goes in lightness and in the two hues of OKLab. */
const LIGHTNESS = { centre: 0.66, reach: 0.24 }
const HUE_REACH = 0.15

/**
 * Colours for points in three dimensions: the first coordinate sets the lightness, the other two the hue, in OKLab
 * (Ottosson 2020), where equal distances look about equal. Points at the centre are grey, far ones do not clip hard.
 * @param coordinates `[N, 3]` in standard deviations
 * @returns `[N, 3]` 8-bit sRGB
 */
export function coloursOf(coordinates: Float32Array): Uint8Array {
  const colours = new Uint8Array(coordinates.length)
  for (let i = 0; i < coordinates.length; i += 3) {
    const [first, second, third] = coordinates.subarray(i, i + 3).map((value) => Math.tanh(value / 2))
    const lightness = LIGHTNESS.centre + LIGHTNESS.reach * first
    colours.set(oklabToRGB(lightness, HUE_REACH * second, HUE_REACH * third), i)
  }
  return colours
}

function oklabToRGB(lightness: number, a: number, b: number): number[] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map(encode)
}

/** Linear light to an 8-bit sRGB value. */
function encode(light: number): number {
  const clipped = Math.min(1, Math.max(0, light))
  const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055
  return Math.round(255 * encoded)
}
