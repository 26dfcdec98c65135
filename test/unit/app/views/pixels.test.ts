import { expect, test } from 'vitest'
import { lossOfUnitError, lossPixels, tokenPixels } from '../../../../src/app/views/pixels.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'

const mask = Uint8Array.of(1, 0)

test('masked patches show their colour fully, the others stand back', () => {
  const pixels = tokenPixels(Uint8Array.of(10, 20, 30, 40, 50, 60), mask)
  expect([...pixels.slice(0, 4)]).toEqual([10, 20, 30, 255])
  expect([...pixels.slice(4, 7)]).toEqual([40, 50, 60])
  expect(pixels[7]).toBeLessThan(128)
})

test('a difference is as strong as its loss, at masked patches only', () => {
  const alpha = (loss: number) => lossPixels(Float32Array.of(loss, loss), mask, 2)
  expect(alpha(0)[3]).toBe(0)
  expect(alpha(1)[3]).toBe(128) // half of 255, rounded
  expect(alpha(5)[3]).toBe(255)
  expect(alpha(5)[7]).toBe(0)
})

test.each([
  [{ beta: 0 }, 1],
  [{ beta: 0.5 }, 0.75],
  [{ beta: 1 }, 0.5],
  [{ beta: 2 }, 0.25],
  [{ beta: 0, lossScale: 'rsqrt', width: 64 } as const, 8],
])('an error of one standard deviation under %j costs %d', (overrides, loss) => {
  expect(lossOfUnitError(resolveConfig('image', 'small', overrides))).toBe(loss)
})
