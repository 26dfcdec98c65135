import type { Overrides, Presets } from '../../../config/preset.ts'

/** Fashion-MNIST is grey and 28 px wide; patches of 7 px cut it into the same 16 tokens as emoji. */
const FASHION: Overrides = { imageSize: 28, patchSize: 7, channels: 'grey' }

export const imagePresets: Presets = {
  common: {},
  named: {
    tiny: {
      title: 'Tiny',
      why: 'For tests and slow machines, on Fashion-MNIST: the first data2vec, narrower than small, with two blocks and a higher learning rate.',
      values: {
        samples: 'fashion',
        width: 32,
        depth: 2,
        batchSize: 32,
        lr: 0.004,
        steps: 1000,
        tauSteps: 1000,
        decoderWidth: 32,
        decoderGroups: 4,
      },
      bySamples: { fashion: FASHION },
      byMethod: { '2': { batchSize: 16 } },
    },
    small: {
      title: 'Small',
      why: 'The default: 0.85 million weights, few enough to learn something visible within minutes on a laptop’s GPU. It begins with data2vec 2.0, which learns more in the same time. Against that paper it has 16 large patches, norms before each layer and block outputs as targets, which each measured better at this size; 4 masked views an image instead of 16; and no CLS token.',
      values: { method: '2', flip: true, lr: 0.003, steps: 1200, tau: 0.995, tauEnd: 0.9995, tauSteps: 1200 },
      bySamples: {
        fashion: { ...FASHION, flip: false, lr: 0.002, steps: 600, tau: 0.99, tauEnd: 0.999, tauSteps: 600 },
      },
      byMethod: { '2': { batchSize: 32, lr: 0.003 } },
    },
    base: {
      title: 'Base',
      why: 'For a strong GPU: 6.4 million weights, 64 patches, and a slower teacher over a longer run. It has the paper’s CLS token and half of the blocks as targets, but keeps the small preset’s normalisation.',
      values: {
        clsToken: true,
        width: 256,
        depth: 8,
        heads: 8,
        patchSize: 4,
        maskMinBlock: 4,
        targetLayers: 4,
        flip: true,
        lr: 0.001,
        steps: 6000,
        tau: 0.995,
        tauEnd: 0.9998,
        tauSteps: 6000,
        decoderWidth: 256,
      },
      bySamples: { fashion: { ...FASHION, patchSize: 4, flip: false } },
      byMethod: { '2': { batchSize: 16, maskRatio: 0.8 } },
    },
    collapse: {
      title: 'Collapse',
      why: 'A run that fails on purpose, seen on Fashion-MNIST: with post-LN, feed-forward targets, layer norm and a fast teacher, both networks agree on one constant answer. The loss nears zero, and there is nothing left to learn from. Switch “Normalise each layer” to instance norm to rescue it.',
      values: {
        clsToken: true,
        samples: 'fashion',
        width: 32,
        depth: 2,
        batchSize: 32,
        lr: 0.004,
        normPlacement: 'post',
        targetSource: 'ffn',
        targetNorm: 'layer',
        targetFinalNorm: 'none',
        tau: 0.9,
        tauEnd: 0.9,
        tauSteps: 400,
        steps: 400,
        decoderWidth: 32,
        decoderGroups: 4,
      },
      bySamples: { fashion: FASHION },
    },
  },
}
