import { expect, it } from 'vitest'
import { peaksPath } from '../../../../src/app/data/peaksPath.ts'

it('draws a bar for each peak, as high as it is loud, and a trace of silence', () => {
  expect(peaksPath([255, 0, 51], 255)).toEqual({
    path: 'M0.5 -1V1M1.5 -0.04V0.04M2.5 -0.2V0.2',
    bars: 3,
  })
})

it('gathers many peaks into few bars and loses no loud one', () => {
  const peaks = new Uint8Array(1000)
  peaks[777] = 255
  const { path, bars } = peaksPath(peaks, 255)
  expect(bars).toBe(40)
  expect(path.split('M').filter((bar) => bar.endsWith('V1'))).toEqual(['31.5 -1V1'])
})
