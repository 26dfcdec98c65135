import type { Config } from '../../config/schema.ts'
import type { Layout, Modality } from '../modality.ts'
import { embed, parameters } from './embed.ts'
import { viewLayout } from '../views.ts'
import { visibleTokens } from './evenMask.ts'
import { drawMasks } from './mask.ts'
import { createDataset, type Passages } from './samples.ts'

/** Text as tokens: learned embeddings, masked in spans (paper §3.1, §3.3; spec §3.2). */
export const textModality: Modality<Passages> = { layout, parameters, embed, drawMasks, createDataset }

function layout(config: Config): Layout {
  const { contextTokens: tokens } = config
  const views = viewLayout(config, visibleTokens(config))
  const replaces = config.method === '1'
  return { tokens, input: [tokens, 1], grid: [1, tokens], padded: true, replaces, ...views }
}
