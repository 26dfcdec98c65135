import type { Expect, ModalityAbout, SampleSet } from '../../../config/about.ts'
import { divisors } from '../../../config/divisors.ts'
import { patchesPerSide } from '../../../config/image.ts'
import type { Config } from '../../../config/schema.ts'
import { imagePresets } from './presets.ts'

const SETS: readonly SampleSet[] = [
  {
    value: 'emoji',
    count: 3330,
    content: 'emoji in three drawing styles',
    licence:
      'Twemoji by Twitter, CC-BY 4.0. Noto Emoji by Google, Apache-2.0. Fluent Emoji by Microsoft, MIT.',
    preview: {
      kind: 'sprite',
      sprite: 'samples/images/emoji.webp',
      tile: 32,
      columns: 96,
      tiles: [1, 1252, 1439, 1282, 2209, 2535],
    },
  },
  {
    value: 'fashion',
    count: 6000,
    content: 'grey pictures of clothes, shoes and bags',
    licence: 'Fashion-MNIST, © 2017 Zalando SE, MIT.',
    preview: {
      kind: 'sprite',
      sprite: 'samples/images/fashion-mnist.webp',
      tile: 28,
      columns: 100,
      tiles: [3, 10, 4, 1, 2, 9],
    },
  },
]

export const imageAbout: ModalityAbout = {
  title: 'Images',
  file: { one: 'image', many: 'images' },
  sample: { one: 'image', many: 'images' },
  token: { one: 'patch', many: 'patches' },
  shownAs: 'picture',
  colour: { shape: 'var(--color-image)', text: 'var(--color-image-text)' },
  sets: SETS,
  accept: 'image/png,image/jpeg,image/webp,image/gif,image/avif',
  droppable: 'Images',
  waysIn: ['paste'],
  maskAdvice:
    'Could you guess the hidden patches from what is left? Large hidden areas force the student to understand the picture; single patches can be filled in from their neighbours.',
  drawing: {
    advice:
      'Look for shapes that go on behind the mask. What the student cannot know, such as a pattern, it draws as the mean of what it might be, which is a blur.',
    error: 'Mean squared error of a hidden patch’s pixels, whose variance is 1',
  },
  presets: imagePresets,
  tokens: (config) => patchesPerSide(config) ** 2,
  encoderSize: () => 0,
  check,
}

/** What makes patches fit into images: another patch side or, where there is none, another image side. */
function remedy({ imageSize, patchSize }: Config): string {
  const sides = divisors(imageSize, 'patchSize')
  if (sides.length > 0) return `Choose ${sides.join(', ')}.`
  const fitting = patchSize * Math.max(2, Math.floor(imageSize / patchSize))
  return `Choose an image side of ${fitting} px.`
}

function check(config: Config, expect: Expect): void {
  const { method, imageSize, patchSize, maskMinBlock, maskMaxBlock } = config
  expect(
    imageSize % patchSize === 0,
    'patchSize',
    `${patchSize} px does not divide the image side of ${imageSize} px. ${remedy(config)}`,
  )
  expect(imageSize >= 2 * patchSize, 'patchSize', `an image of ${imageSize} px needs at least 2 × 2 patches.`)
  expect(
    method === '2' || maskMinBlock <= maskMaxBlock,
    'maskMinBlock',
    `${maskMinBlock} is more than the largest block of ${maskMaxBlock}.`,
  )
}
