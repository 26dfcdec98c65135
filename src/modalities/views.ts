import { viewsOf } from '../config/views.ts'
import type { Config } from '../config/schema.ts'
import type { Layout, Masks } from './modality.ts'

/** How views of samples are laid out, of which the student gets so many tokens; undefined where there are none. */
export function viewLayout(config: Config, visible: number): Pick<Layout, 'views'> {
  if (config.method === '1') return {}
  return { views: { perSample: viewsOf(config), visible, width: config.width } }
}

/** A mask for each view of so many samples. */
export function drawViews(samples: number, tokens: number, config: Config, draw: () => Uint8Array): Masks {
  const views = samples * viewsOf(config)
  const mask = new Uint8Array(views * tokens)
  for (let view = 0; view < views; view++) mask.set(draw(), view * tokens)
  return { mask }
}
