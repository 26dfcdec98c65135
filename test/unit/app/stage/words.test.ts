import { expect, test } from 'vitest'
import type { Overrides } from '../../../../src/config/preset.ts'
import { resolveConfig } from '../../../../src/config/presets.ts'
import {
  describeEma,
  describeHidden,
  describePreparation,
  describeStage,
} from '../../../../src/app/stage/words.ts'
import { pictureSnapshot } from '../../../support/snapshots.ts'

const PATCH = { one: 'patch', many: 'patches' }

const configOf = (overrides: Overrides) => resolveConfig('image', 'tiny', overrides)

test('the whole picture can be read', () => {
  const text = describeStage(pictureSnapshot, PATCH, configOf({ tau: 0.9981, tauEnd: 0.9981 }))
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

test('several views of a sample are told of, and what becomes of hidden tokens', () => {
  const config = configOf({ method: '2', views: 3 })
  expect(describeStage(pictureSnapshot, PATCH, config)).toMatch(/3 such views .* decoder fills in/)
  expect(describeHidden(pictureSnapshot.mask, PATCH, config)).toContain('as many in each view')
})

test('a teacher that does not change, or is the student, is called so', () => {
  expect(describeEma(1)).toContain('frozen')
  expect(describeEma(0)).toContain('becomes the student')
})

test('what a GPU is prepared with is told apart', () => {
  const ready = { type: 'preparing', done: 3, total: 12 } as const
  expect(describePreparation({ ...ready, stage: 'measuring' })).toBe('3 of 12 matrix products tried out.')
  expect(describePreparation({ ...ready, stage: 'compiling' })).toBe('3 of 12 programs compiled.')
})
