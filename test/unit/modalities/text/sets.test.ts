import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readSet, TEXT_FILES, type TextSetName } from '../../../../src/modalities/text/sets.ts'

function setOf(name: TextSetName) {
  return readSet(name, JSON.parse(readFileSync(`public/${TEXT_FILES[name]}`, 'utf8'))).passages
}

describe('the sets that come with the page', () => {
  test('WordNet: definitions, with topic and word', () => {
    const passages = setOf('wordnet')
    expect(passages).toHaveLength(6000)
    expect(passages[1]).toEqual({
      label: 'person: attorney general',
      text: 'the chief law officer of a country or state',
    })
  })

  test('State of the Union: passages, with speaker and year', () => {
    const passages = setOf('speeches')
    expect(passages).toHaveLength(5400)
    expect(passages[0].label).toBe('Andrew Johnson, 1868')
    expect(passages[0].text).toMatch(/^I have been reluctantly obliged/)
    expect(passages.some(({ label }) => label === 'William McKinley, 1897')).toBe(true)
  })

  test('are refused when something is missing', () => {
    expect(() => readSet('wordnet', { texts: ['a'], words: ['b'] })).toThrow()
    expect(() => readSet('speeches', { texts: ['a'] })).toThrow()
  })
})
