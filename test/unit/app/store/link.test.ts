import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { experiment, formOf, shownModality } from '../../../../src/app/store/experiment.ts'
import { followLink } from '../../../../src/app/store/link.ts'
import { resetStores } from '../../../support/stores.ts'

/** As much of a window as has an address. */
class FakeWindow extends EventTarget {
  readonly location = { hash: '' }
  readonly history = {
    replaceState: vi.fn((_state: unknown, _title: string, hash: string) => {
      this.location.hash = hash
    }),
  }
}

let page: FakeWindow
let stop: () => void = () => undefined

beforeEach(() => {
  vi.useFakeTimers()
  resetStores()
  page = new FakeWindow()
  vi.stubGlobal('window', page)
})

afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settle = () => vi.advanceTimersByTime(1000)

test('reads the address at the start, and writes it as settings change', () => {
  page.location.hash = '#modality=image&preset=tiny&seed=7'
  stop = followLink()
  expect(formOf('image')).toMatchObject({ preset: 'tiny', overrides: { seed: 7 } })
  experiment.setField('lr', 0.001)
  settle()
  expect(page.location.hash).toBe('#modality=image&preset=tiny&lr=0.001&seed=7')
})

test('holds the experiment of the tab that is open', () => {
  stop = followLink()
  experiment.setField('seed', 7)
  experiment.show('text')
  settle()
  expect(page.location.hash).toBe('#modality=text&preset=small')
  experiment.show('image')
  settle()
  expect(page.location.hash).toBe('#modality=image&preset=small&seed=7')
})

test('opens the tab that the address names', () => {
  page.location.hash = '#modality=audio&preset=tiny&clipSeconds=2'
  stop = followLink()
  expect(shownModality()).toBe('audio')
  expect(formOf('audio')).toMatchObject({ preset: 'tiny', overrides: { clipSeconds: 2 } })
})

test('leaves a bare address alone until something is changed', () => {
  stop = followLink()
  settle()
  page.dispatchEvent(new Event('pagehide'))
  expect(page.location.hash).toBe('')
})

test('follows a link that is pasted over the address, and takes out what it cannot use', () => {
  stop = followLink()
  page.location.hash = '#modality=image&preset=base&depth=99'
  page.dispatchEvent(new Event('hashchange'))
  settle()
  expect(formOf('image')).toMatchObject({ preset: 'base', overrides: {} })
  expect(formOf('image').linkProblems).toHaveLength(1)
  expect(page.location.hash).toBe('#modality=image&preset=base')
})

test('writes a dragged slider’s settings once, as browsers refuse to be asked a hundred times', () => {
  stop = followLink()
  for (let i = 1; i <= 120; i++) {
    experiment.setField('seed', i)
    vi.advanceTimersByTime(16)
  }
  settle()
  expect(page.history.replaceState).toHaveBeenCalledOnce()
  expect(page.location.hash).toBe('#modality=image&preset=small&seed=120')
})

test('loses nothing when the page is left or reloaded right after a change', () => {
  stop = followLink()
  experiment.setField('seed', 7)
  page.dispatchEvent(new Event('pagehide'))
  expect(page.location.hash).toBe('#modality=image&preset=small&seed=7')
})

test('outlives a browser that refuses', () => {
  page.history.replaceState.mockImplementationOnce(() => {
    throw new Error('SecurityError')
  })
  stop = followLink()
  experiment.setField('seed', 7)
  settle()
  experiment.setField('seed', 8)
  settle()
  expect(page.location.hash).toBe('#modality=image&preset=small&seed=8')
})
