import { expect, test } from 'vitest'
import { describeEma, describePreparation, describeStage } from '../../../../src/app/stage/words.ts'
import { pictureSnapshot } from '../../../support/snapshots.ts'

test('the whole picture can be read', () => {
  const text = describeStage(pictureSnapshot, { one: 'patch', many: 'patches' }, 0.9981)
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

test('a teacher that does not change, or is the student, is called so', () => {
  expect(describeEma(1)).toContain('frozen')
  expect(describeEma(0)).toContain('becomes the student')
})

test('what a GPU is prepared with is told apart', () => {
  const ready = { type: 'preparing', done: 3, total: 12 } as const
  expect(describePreparation({ ...ready, stage: 'measuring' })).toBe('3 of 12 matrix products tried out.')
  expect(describePreparation({ ...ready, stage: 'compiling' })).toBe('3 of 12 programs compiled.')
})
