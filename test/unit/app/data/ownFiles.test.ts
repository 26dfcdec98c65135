import { expect, it } from 'vitest'
import { amountOf, countFiles, progressOf, sizeOf } from '../../../../src/app/data/ownFiles.ts'
import { ownImage, ownRecording, ownText } from '../../../support/ownSamples.ts'

it('counts files in the singular and in thousands', () => {
  expect(countFiles('audio', 1)).toBe('1 recording')
  expect(countFiles('image', 4997)).toBe('4,997 images')
})

it('counts whole files while one is partly read', () => {
  expect(progressOf({ done: 1.96, total: 3 })).toBe('1 of 3 files read')
  expect(progressOf({ done: 0, total: 1 })).toBe('0 of 1 file read')
})

it('says how much there is in the measure of the modality', () => {
  expect(amountOf('image', [ownImage(1), ownImage(2)])).toBe('2 images')
  expect(amountOf('audio', [ownRecording(1, 65), ownRecording(2, 60)])).toBe('2 recordings, 2:05')
  expect(amountOf('text', [ownText(1, 1)])).toBe('1 text, 1 passage')
})

it('says how much one file holds', () => {
  expect(sizeOf(ownImage(1))).toBe('')
  expect(sizeOf(ownRecording(1, 2.5))).toBe('2.5 s')
  expect(sizeOf(ownText(1, 12))).toBe('12 passages')
})
