import { expect, test } from 'vitest'
import { paperNote } from '../../../src/config/paper.ts'

test('a setting is compared with the paper of the method that is chosen', () => {
  expect(paperNote('maskRatio', 'image', '1')).toBe('Paper: 0.6')
  expect(paperNote('maskRatio', 'image', '2')).toBe('data2vec 2.0: 0.8')
})

test('what data2vec 2.0 left as it was is said of it, too', () => {
  expect(paperNote('lr', 'text', '2')).toBe(paperNote('lr', 'text', '1')?.replace('Paper', 'data2vec 2.0'))
})

test('where no paper says anything, neither does the form', () => {
  expect(paperNote('seed', 'image', '1')).toBeUndefined()
})
