import type { Presets } from '../../../config/preset.ts'

export const textPresets: Presets = {
  common: {
    samples: 'wordnet',
    batchSize: 32,
    maskRatio: 0.25,
    maskSpan: 2,
    width: 64,
    normPlacement: 'embedded',
    positions: 'conv',
    positionLayers: 1,
    positionKernel: 9,
    positionGroups: 4,
    head: 'mlp',
    targetLayers: 3,
    lr: 0.004,
    tau: 0.995,
    tauEnd: 0.9995,
    tauSteps: 1200,
    steps: 1200,
    probeNeighbours: 10,
  },
  named: {
    tiny: {
      title: 'Tiny',
      why: 'For tests and slow machines: 40 thousand weights, and passages of 32 bytes. Like small, but narrower and with two blocks.',
      values: { contextTokens: 32, width: 32, depth: 2, targetLayers: 2, batchSize: 16 },
    },
    small: {
      title: 'Small',
      why: 'The default: 0.2 million weights that read bytes. Positions come from a convolution and targets from block outputs under instance norm: with absolute positions and the paper’s norm, short runs learn to predict the place and nothing of the text.',
      values: {},
    },
    base: {
      title: 'Base',
      why: 'For a strong GPU: 7 million weights, a vocabulary of 1,024 learnt from the sample set, longer spans and a longer run. It keeps the small preset’s positions and norms.',
      values: {
        vocabulary: 1024,
        width: 256,
        depth: 8,
        heads: 8,
        maskRatio: 0.3,
        maskSpan: 3,
        targetLayers: 4,
        lr: 0.001,
        tauEnd: 0.9998,
        tauSteps: 6000,
        steps: 6000,
      },
    },
  },
}
