import type { Content, Snapshot, SoundContent, TextContent } from '../../src/worker/protocol.ts'

const RATE = 16_000
const TOKEN_SAMPLES = 640

/** Four tokens, of which all but the last are masked. */
function snapshotOf(content: Content, label: string, grid: readonly [number, number]): Snapshot {
  return {
    step: 412,
    sample: 7,
    label,
    grid,
    content,
    mask: Uint8Array.of(1, 1, 1, 0),
    masks: [Uint8Array.of(1, 1, 1, 0)],
    targetColours: Uint8Array.from({ length: 12 }, (_, i) => 20 * i),
    predictionColours: Uint8Array.from({ length: 12 }, (_, i) => 240 - 20 * i),
    tokenLoss: Float32Array.of(0.25, 0.5, 0.75, 0.125),
    loss: 0.5,
    health: { position_std: 0.4, effective_rank: 3 },
  }
}

export const pictureSnapshot = snapshotOf(
  { kind: 'picture', side: 4, rgba: new Uint8ClampedArray(64) },
  'Shirt',
  [2, 2],
)

/** A tone that grows louder, a little longer than its four tokens. */
export const tone: SoundContent = {
  kind: 'sound',
  rate: RATE,
  samples: Float32Array.from({ length: 4 * TOKEN_SAMPLES + 300 }, (_, i) => (i / 6000) * Math.sin(i / 5)),
  tokenSamples: TOKEN_SAMPLES,
  spectrogram: {
    bands: 3,
    frames: 18,
    values: Uint8Array.from({ length: 3 * 18 }, (_, i) => (i < 36 ? 0 : 14 * (i - 36))),
  },
}

export const soundSnapshot = snapshotOf(tone, 'Flute, A4', [1, 4])

/** Its third token is replaced for the student. */
export const law: TextContent = {
  kind: 'text',
  pieces: ['‹begin›', 'The', ' law\n', '‹E2›'],
  seen: ['‹begin›', 'The', ' dog', '‹E2›'],
}

export const textSnapshot = snapshotOf(law, 'office: attorney', [1, 4])
