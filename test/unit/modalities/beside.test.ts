import { expect, test } from 'vitest'
import { resolveConfig } from '../../../src/config/presets.ts'
import type { ModalityName } from '../../../src/config/modalities.ts'
import type { Dataset } from '../../../src/modalities/modality.ts'
import { KINDS } from '../../../src/worker/kinds.ts'
import { Random } from '../../../src/ops/random.ts'

const RATE = 16_000

/** A second of a tone, as a recording's item. */
const tone = (hertz: number) => ({
  label: `${hertz} Hz`,
  samples: Int16Array.from({ length: RATE }, (_, i) => 9000 * Math.sin((2 * Math.PI * hertz * i) / RATE)),
})

function noise(seed: number) {
  const random = Random.stream(seed, 'noise')
  return {
    file: `noise ${seed}`,
    rgb: Uint8Array.from({ length: 64 * 64 * 3 }, () => random.integer(0, 255)),
  }
}

const passage = (text: string) => [{ label: text.slice(0, 8), text }]

const CASES: [ModalityName, unknown[], unknown][] = [
  ['image', [noise(1), noise(2)], noise(3)],
  ['audio', [tone(300), tone(400)], tone(900)],
  ['text', [passage('A ship in a storm.'), passage('The king was old.')], passage('Ümläuts and zzz.')],
]

test.each(CASES)(
  '%s: others come after the samples, and change nothing of them',
  (modality, items, other) => {
    const config = resolveConfig(modality, 'tiny', { samples: 'own' })
    const kind = KINDS[modality]
    const open = kind.openOwn(items, () => items.map(() => ''))
    const alone = open(() => config)
    const beside = kind.openBeside(open, [other])(() => config)
    const inputOf = (dataset: Dataset, sample: number) => {
      const [rows, columns] = kind.modality.layout(config).input
      const input = new Float32Array(rows * columns)
      dataset.write(sample, input, 0, undefined)
      return input
    }
    expect(beside.size).toBe(alone.size)
    expect(beside.classes?.heldOut).toBe(1)
    for (let sample = 0; sample < alone.size; sample++)
      expect(inputOf(beside, sample)).toEqual(inputOf(alone, sample))
    expect(inputOf(beside, alone.size)).not.toEqual(inputOf(alone, 0))
    expect(beside.label(alone.size)).toBeTruthy()
  },
)
