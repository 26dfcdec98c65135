import type { Expect, ModalityAbout, SampleSet } from '../../../config/about.ts'
import { clipSamples, clipTokens, convLayersOf, convOutput } from '../../../config/audio.ts'
import type { Config } from '../../../config/schema.ts'
import { audioPresets } from './presets.ts'

const SETS: readonly SampleSet[] = [
  {
    value: 'instruments',
    count: 511,
    content: 'notes of ten instrument families',
    licence: 'FluidR3 sounds, © Frank Wen, Michael Cowgill and the FluidR3 contributors, MIT.',
    preview: {
      kind: 'waves', // a piano, a violin, a saxophone
      waves: [
        '889878777566454444333332321100000000',
        '234456566777777777767787995321110000',
        '798789777678776677997667763100000000',
      ],
    },
  },
  {
    value: 'voices',
    count: 480,
    content: 'spoken prompts in five languages',
    licence:
      'Asterisk sounds by Allison Smith and June Wallack, CC-BY-SA 3.0, and by Carlo Flora and Maxim Topal, CC-BY 3.0.',
    preview: {
      kind: 'waves', // English, French, Russian
      waves: [
        '798844312554311100001456663125565421',
        '589963111145420000359855466540676774',
        '677744441471097640100560878853028546',
      ],
    },
  },
]

export const audioAbout: ModalityAbout = {
  title: 'Audio',
  file: { one: 'recording', many: 'recordings' },
  sample: { one: 'clip', many: 'clips' },
  token: { one: 'frame', many: 'frames' },
  shownAs: 'sound',
  colour: { shape: 'var(--color-audio)', text: 'var(--color-audio-text)' },
  sets: SETS,
  accept: 'audio/*,video/webm,video/mp4,.wav,.mp3,.ogg,.oga,.opus,.flac,.m4a,.aac,.weba',
  droppable: 'Recordings of speech, music or anything else',
  waysIn: ['record'],
  maskAdvice:
    'Listen to what the student hears: could you fill the gaps? Short ones can be guessed from the sound on either side, long ones only from knowing what makes such sounds.',
  drawing: {
    advice:
      'Look for tones that go on across the gap, and listen. What the student cannot know it draws as the mean of what it might be, which sounds like noise.',
    error: 'Mean squared error of a hidden frame’s log-mel spectrum, whose variance is 1',
  },
  presets: audioPresets,
  tokens: clipTokens,
  encoderSize,
  check,
}

/** The first convolution makes the most; its neighbours have the most weights, whose gradient each sample has its own. */
function encoderSize(config: Config): number {
  if (config.frontEnd !== 'waveform') return 0
  const [first, ...others] = convLayersOf(config)
  const output = convOutput(clipSamples(config), [first]) * config.convChannels
  return Math.max(output, ...others.map(({ kernel }) => kernel * config.convChannels ** 2))
}

/** Tokens of a clip, below which a mask leaves hardly anything to learn from. */
const SHORTEST_CLIP = 4

function check(config: Config, expect: Expect): void {
  const count = clipTokens(config)
  expect(
    count >= SHORTEST_CLIP,
    'clipSeconds',
    `${config.clipSeconds} s make ${count} frames, and at least ${SHORTEST_CLIP} are needed. Choose longer clips.`,
  )
}
