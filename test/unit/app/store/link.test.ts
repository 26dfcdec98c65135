import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { experiment, useExperiment } from '../../../../src/app/store/experiment.ts'
import { followLink } from '../../../../src/app/store/link.ts'

/** As much of a window as has an address. */
class FakeWindow extends EventTarget {
  readonly location = { hash: '' }
  readonly history = {
    replaceState: (_state: unknown, _title: string, hash: string) => {
      this.location.hash = hash
    },
  }
}

let page: FakeWindow
let stop: () => void = () => undefined

beforeEach(() => {
  experiment.loadLink('', 0)
  page = new FakeWindow()
  vi.stubGlobal('window', page)
})

afterEach(() => {
  stop()
  vi.unstubAllGlobals()
})

test('reads the address at the start, and writes it as settings change', () => {
  page.location.hash = '#modality=image&preset=tiny&seed=7'
  stop = followLink()
  expect(useExperiment.getState()).toMatchObject({ preset: 'tiny', overrides: { seed: 7 } })
  experiment.setField('lr', 0.001)
  expect(page.location.hash).toBe('#modality=image&preset=tiny&lr=0.001&seed=7')
})

test('leaves a bare address alone until something is changed', () => {
  stop = followLink()
  expect(page.location.hash).toBe('')
})

test('follows a link that is pasted over the address, and takes out what it cannot use', () => {
  stop = followLink()
  page.location.hash = '#modality=image&preset=base&depth=99'
  page.dispatchEvent(new Event('hashchange'))
  expect(useExperiment.getState()).toMatchObject({ preset: 'base', overrides: {} })
  expect(useExperiment.getState().linkProblems).toHaveLength(1)
  expect(page.location.hash).toBe('#modality=image&preset=base')
})
