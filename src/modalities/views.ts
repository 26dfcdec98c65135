import { viewsOf } from '../config/views.ts'
import type { Config } from '../config/schema.ts'
import type { Random } from '../ops/random.ts'
import type { Layout, Masks } from './modality.ts'

/** How views of samples are laid out, of which the student gets so many tokens; undefined where there are none. */
export function viewLayout(config: Config, visible: number): Pick<Layout, 'views'> {
  if (config.method === '1') return {}
  return { views: { perSample: viewsOf(config), visible, width: config.width } }
}

/** What masks of views are drawn for. */
interface ViewRequest {
  /** Real tokens of each sample; what follows them is padding. */
  readonly lengths: readonly number[]
  /** T */
  readonly tokens: number
}

/**
 * A mask for each view of each sample. All hide equally many tokens, of which some may be padding; but the student sees
 * a real token, and has one to predict where a sample has more than one.
 * @param draw one mask, `[T]`
 */
export function drawViews(
  { lengths, tokens }: ViewRequest,
  config: Config,
  draw: () => Uint8Array,
  random: Random,
): Masks {
  const perSample = viewsOf(config)
  const mask = new Uint8Array(lengths.length * perSample * tokens)
  lengths.forEach((length, sample) => {
    for (let view = sample * perSample; view < (sample + 1) * perSample; view++) {
      const drawn = draw()
      leaveBoth(drawn, length, random)
      mask.set(drawn, view * tokens)
    }
  })
  return { mask }
}

/** Where all real tokens are hidden, or none is, one of them changes places with a token of the padding. */
function leaveBoth(mask: Uint8Array, length: number, random: Random): void {
  const hidden = mask.subarray(0, length).reduce((sum, one) => sum + one, 0)
  if (hidden === length) exchange(mask, length, 0, random)
  else if (hidden === 0 && length > 1) exchange(mask, length, 1, random)
}

/** A random real token becomes `mark`, and a random one of the padding that was so becomes the other. */
function exchange(mask: Uint8Array, length: number, mark: 0 | 1, random: Random): void {
  const all = [...mask.keys()]
  const padding = all.filter((token) => token >= length && mask[token] === mark)
  if (padding.length === 0) return
  mask[random.integer(0, length - 1)] = mark
  mask[padding[random.integer(0, padding.length - 1)]] = 1 - mark
}
