import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ModalityName } from '../../../src/config/modalities.ts'
import { resolveConfig } from '../../../src/config/presets.ts'
import { Random } from '../../../src/ops/random.ts'
import { KINDS } from '../../../src/worker/kinds.ts'

describe.each(['audio', 'text'] as const)('views of samples of %s', (modality: ModalityName) => {
  test('hide equally many tokens, but of a short sample never all that is real, nor nothing', () => {
    const config = resolveConfig(modality, 'tiny', { method: '2', views: 3, maskRatio: 0.8 })
    const { tokens, input } = KINDS[modality].modality.layout(config)
    const samples = fc.array(fc.integer({ min: 1, max: tokens }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(samples, fc.nat(), (lengths, seed) => {
        const request = { lengths, input: new Float32Array(lengths.length * input[0] * input[1]) }
        const { mask } = KINDS[modality].modality.drawMasks(config, request, Random.stream(seed, 'masks'))
        const views = lengths.flatMap((length, sample) =>
          [0, 1, 2].map((view) => {
            const from = (3 * sample + view) * tokens
            return { length, all: mask.subarray(from, from + tokens) }
          }),
        )
        const count = (marks: Uint8Array) => marks.reduce((sum, mark) => sum + mark, 0)
        expect(new Set(views.map(({ all }) => count(all))).size).toBe(1)
        for (const { length, all } of views) {
          const hidden = count(all.subarray(0, length))
          expect(hidden).toBeLessThan(length)
          if (length > 1) expect(hidden).toBeGreaterThan(0)
        }
      }),
    )
  })
})
