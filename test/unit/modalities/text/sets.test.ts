import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readSet, TEXT_FILES, type TextSetName } from '../../../../src/modalities/text/sets.ts'

function setOf(name: TextSetName) {
  return readSet(name, JSON.parse(readFileSync(`public/${TEXT_FILES[name]}`, 'utf8')))
}

describe('the sets that come with the page', () => {
  test('WordNet: definitions, with topic and word', () => {
    const { passages } = setOf('wordnet')
    expect(passages).toHaveLength(6000)
    expect(passages.find(({ label }) => label === 'person: attorney general')?.text).toBe(
      'the chief law officer of a country or state',
    )
  })

  test('State of the Union: passages, with speaker and year', () => {
    const { passages } = setOf('speeches')
    expect(passages).toHaveLength(5400)
    const quoted = passages.find(({ text }) => text.startsWith('I have been reluctantly obliged'))
    expect(quoted?.label).toBe('Andrew Johnson, 1868')
    expect(passages.some(({ label }) => label === 'William McKinley, 1897')).toBe(true)
  })

  test.each(['wordnet', 'speeches'] as const)('%s: no subject is both trained on and held out', (name) => {
    const { passages, classes } = setOf(name)
    if (classes === undefined) throw new Error('The set has no classes.')
    const { names, of, subjectOf, heldOut } = classes
    const trained = new Set(subjectOf.slice(0, -heldOut))
    expect(heldOut / passages.length).toBeCloseTo(0.2, 1)
    expect(subjectOf.slice(-heldOut).filter((subject) => trained.has(subject))).toEqual([])
    if (name === 'wordnet')
      expect(of.map((each) => names[each])).toEqual(passages.map(({ label }) => label.split(':')[0]))
  })

  test('are refused when something is missing', () => {
    expect(() => readSet('wordnet', { texts: ['a'], words: ['b'] })).toThrow()
    expect(() => readSet('speeches', { texts: ['a'] })).toThrow()
  })
})
