import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeRun, useRuns } from '../../../../src/app/store/runState.ts'
import { titleOf } from '../../../../src/app/store/tabTitle.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { openPage, type FakePage } from '../../../support/fakePage.ts'

let page: FakePage

beforeEach(() => {
  page = openPage()
})
afterEach(() => page.close())

test('the tab’s title says how far all that trains is together, and nothing of what rests', () => {
  expect(titleOf(useRuns.getState())).toBe('data2vec playground')
  for (const [modality, step] of [['image', 10] as const, ['text', 89] as const]) {
    const config = resolveConfig(modality, 'tiny', { steps: 100 })
    changeRun(modality, { running: { modality, preset: 'tiny', config, own: [] } })
    page.client.trainTo(step, modality)
  }
  expect(titleOf(useRuns.getState())).toBe('49 % · data2vec playground')
  changeRun('text', { phase: 'paused' })
  expect(titleOf(useRuns.getState())).toBe('10 % · data2vec playground')
})
