import { expect, test } from 'vitest'
import { describeEma, describeStage } from '../../../../src/app/stage/words.ts'
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
