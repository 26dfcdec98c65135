import { expect, test } from 'vitest'
import { byKey, comparedLines, endsOfLines, seriesOfLines } from '../../../../src/app/health/comparedLines.ts'
import type { ComparedRun, Letter } from '../../../../src/app/store/compared.ts'
import { MetricHistory } from '../../../../src/app/store/history.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { metricRow } from '../../../support/fakeClient.ts'

function compared(id: string, letter: Letter, steps: number): ComparedRun {
  const history = new MetricHistory()
  history.append(Array.from({ length: steps }, (_, i) => metricRow(i + 1)))
  const about = { step: steps, loss: 1, accuracy: null, begunAt: 0, note: '', keptAt: 0 }
  return {
    run: { id, modality: 'image', preset: 'tiny', config: resolveConfig('image', 'tiny'), ...about },
    letter,
    columns: history.columns(),
    probes: { way: '', rows: [] },
    ...{ isLive: false, haltedAt: null, keptAs: null },
  }
}

test('runs that are compared are drawn where the metric was measured, under their letters', () => {
  const unread = { ...compared('unread', 'B', 4), columns: null }
  const lines = comparedLines([compared('one', 'A', 5), unread, compared('short', 'C', 1)], 'target_std')
  expect(byKey(lines)).toEqual({
    one: [
      { at: 2, value: 0.9 },
      { at: 4, value: 0.9 },
    ],
  })
  expect(seriesOfLines(lines).map(({ key, name }) => [key, name])).toEqual([['one', 'A, Tiny']])
  expect(endsOfLines(lines, 0.95)).toMatchObject([{ at: 0.95, from: 4, text: 'A' }])
})
