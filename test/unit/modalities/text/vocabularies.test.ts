import { describe, expect, test } from 'vitest'
import { tokenizerFor } from '../../../../src/modalities/text/vocabularies.ts'

const passages = ['the cat', 'the hat', 'that mat'].map((text) => ({ label: text, text }))

describe('a tokenizer is learnt', () => {
  test('once from the same passages, though their list is made anew', () => {
    expect(tokenizerFor([...passages], 300)).toBe(tokenizerFor(passages, 300))
  })

  test('for each size of vocabulary', () => {
    const [small, large] = [256, 300].map((vocabulary) => tokenizerFor(passages, vocabulary))
    expect(small.encode('the')).toHaveLength(3)
    expect(large.encode('the')).toHaveLength(1)
  })

  test('anew when passages are added, removed or others', () => {
    const tokenizer = tokenizerFor(passages, 300)
    const [first] = passages
    const others = [...passages, { label: 'dog', text: 'dog dog dog' }]
    expect(tokenizerFor(others, 300).encode('dog')).toHaveLength(1)
    expect(tokenizerFor(passages, 300).encode('dog')).toHaveLength(3)
    expect(tokenizerFor([first], 300)).not.toBe(tokenizer)
  })
})
