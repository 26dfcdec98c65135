import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { HeldOut } from '../../../../src/modalities/classes.ts'
import {
  cutRecordings,
  readManifest,
  SOUND_FILES,
  type SoundSetName,
} from '../../../../src/modalities/audio/sets.ts'

function layoutOf(name: SoundSetName, heldOut?: HeldOut) {
  return readManifest(name, JSON.parse(readFileSync(`public/${SOUND_FILES[name]}.json`, 'utf8')), heldOut)
}

describe('the manifests that come with the page', () => {
  test('instruments: every note, with its instrument and pitch', () => {
    const { slices, classes } = layoutOf('instruments')
    expect(slices).toHaveLength(637)
    const first = slices.findIndex(({ start }) => start === 0)
    expect(slices[first]).toMatchObject({ length: 16_000, label: 'Yamaha Grand Piano, F♯1' })
    expect(classes.names[classes.of[first]]).toBe('piano')
    expect(slices.find(({ label }) => label.startsWith('Violin'))?.label).toMatch(/^Violin, [A-G]♯?\d$/)
  })

  test('instruments: those that are held out are never heard in training, unless single notes are held out', () => {
    const known = (heldOut: HeldOut) => {
      const { slices, classes } = layoutOf('instruments', heldOut)
      const instruments = slices.map(({ label }) => label.replace(/, [A-G]♯?\d$/, ''))
      const trained = new Set(instruments.slice(0, -classes.heldOut))
      const held = instruments.slice(-classes.heldOut)
      return held.filter((instrument) => trained.has(instrument)).length / held.length
    }
    expect(known('subjects')).toBe(0)
    expect(known('samples')).toBeGreaterThan(0.9)
    expect(layoutOf('instruments', 'samples').classes.heldOut).toBe(127) // a fifth of 637
  })

  test('voices: every prompt, with its language', () => {
    const { slices, classes } = layoutOf('voices')
    expect(slices).toHaveLength(600)
    const languages = ['English', 'Spanish', 'French', 'Italian', 'Russian']
    expect(classes.names).toEqual(languages)
    expect(slices.map(({ label }) => label)).toEqual(
      expect.arrayContaining(languages.map((language) => `${language}: spy-usbradio`)),
    )
  })

  test.each(['instruments', 'voices'] as const)('%s: no subject is both trained on and held out', (name) => {
    const { classes } = layoutOf(name)
    const trained = new Set(classes.subjectOf.slice(0, -classes.heldOut))
    expect(classes.heldOut / classes.of.length).toBeCloseTo(0.2, 1)
    expect(classes.subjectOf.slice(-classes.heldOut).filter((subject) => trained.has(subject))).toEqual([])
  })

  test('lie one after another in their file and do not overlap', () => {
    for (const name of ['instruments', 'voices'] as const)
      [...layoutOf(name).slices]
        .sort((one, other) => one.start - other.start)
        .reduce((end, { start, length }) => {
          expect(start).toBeGreaterThanOrEqual(end)
          return start + length
        }, 0)
  })

  test('are refused when something is missing or at another rate', () => {
    expect(() => readManifest('voices', { sampleRate: 16_000 })).toThrow()
    const manifest = JSON.parse(readFileSync('public/samples/audio/voices.json', 'utf8')) as object
    expect(() => readManifest('voices', { ...manifest, sampleRate: 48_000 })).toThrow()
  })
})

describe('cutRecordings', () => {
  const layout = {
    slices: [
      { start: 2000, length: 5000, label: 'late' },
      { start: 0, length: 1000, label: 'early' },
    ],
    classes: { names: [], of: [], subjectOf: [], heldOut: 0 },
  }
  const samples = Int16Array.from({ length: 7000 }, (_, i) => i)

  test('cuts views out of the file, without copying it', () => {
    const { recordings } = cutRecordings(layout, samples)
    expect(recordings.map(({ label, samples }) => [label, samples[0], samples.length])).toEqual([
      ['late', 2000, 5000],
      ['early', 0, 1000],
    ])
    expect(recordings[0].samples.buffer).toBe(samples.buffer)
  })

  test('cuts short what the decoder left out at the end, and refuses a file that lacks more', () => {
    expect(cutRecordings(layout, samples.subarray(0, 6900)).recordings[0].samples).toHaveLength(4900)
    expect(() => cutRecordings(layout, samples.subarray(0, 5000))).toThrow(/5000 samples instead of 7000/)
  })
})
