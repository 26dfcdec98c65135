import { expect, test } from 'vitest'
import { describePatch, describeStage } from '../../../../src/app/stage/words.ts'
import type { SnapshotEvent } from '../../../../src/worker/protocol.ts'

const snapshot: SnapshotEvent = {
  type: 'snapshot',
  step: 412,
  sample: 7,
  label: 'Shirt',
  grid: [2, 2],
  image: { side: 4, rgba: new Uint8ClampedArray(64) },
  mask: Uint8Array.of(1, 1, 1, 0),
  targetColours: new Uint8Array(12),
  predictionColours: new Uint8Array(12),
  tokenLoss: Float32Array.of(0.25, 0.5, 0.75, 0.125),
  loss: 0.5,
}

test('the whole picture can be read', () => {
  const text = describeStage(snapshot, 0.9981)
  for (const fact of [
    'Step 412',
    '“Shirt”',
    'all 4 patches',
    'sees 1 of them',
    'the other 3',
    '0.500',
    '99.81 %',
  ])
    expect(text).toContain(fact)
})

test('a patch tells its place, whether it is masked, and its loss', () => {
  expect(describePatch(snapshot, 2)).toMatch(/Row 2, column 1: masked\..*0\.750.*0\.500/)
  expect(describePatch(snapshot, 3)).toMatch(/Row 2, column 2: seen.*0\.125.*not count/)
})
