import type { Config } from '../../config/schema.ts'
import { patchesPerSide } from '../../config/image.ts'
import type { Layout, Modality } from '../modality.ts'
import { embed, parameters } from './embed.ts'
import { viewLayout } from '../views.ts'
import { visiblePatches } from './evenMask.ts'
import { drawMasks } from './mask.ts'
import { pixelsOf } from './patches.ts'
import { createDataset, type Pictures } from './samples.ts'

/** Images as patches: a linear patch embedding, masked in rectangular blocks (paper §3.1, §3.3; spec §3.3). */
export const imageModality: Modality<Pictures> = { layout, parameters, embed, drawMasks, createDataset }

function layout(config: Config): Layout {
  const side = patchesPerSide(config)
  const tokens = side * side
  const views = viewLayout(config, visiblePatches(tokens, config.maskRatio))
  const input = [tokens, pixelsOf(config)] as const
  return { tokens, input, grid: [side, side], padded: false, replaces: false, ...views }
}
