import type { Config } from '../../config/schema.ts'
import { clipTokens } from '../../config/audio.ts'
import type { Layout, Modality } from '../modality.ts'
import type { Recordings } from './clips.ts'
import { embed, parameters } from './embed.ts'
import { viewLayout } from '../views.ts'
import { maskedFrames } from './evenMask.ts'
import { drawMasks } from './mask.ts'
import { createDataset, inputShape } from './samples.ts'

/** Sound as a row of frames: convolutions or a log-mel spectrogram, masked in spans (paper §4.2; spec §3.1). */
export const audioModality: Modality<Recordings> = { layout, parameters, embed, drawMasks, createDataset }

function layout(config: Config): Layout {
  const tokens = clipTokens(config)
  const views = viewLayout(config, tokens - maskedFrames(tokens, config.maskRatio))
  return { tokens, input: inputShape(config), grid: [1, tokens], padded: true, replaces: false, ...views }
}
