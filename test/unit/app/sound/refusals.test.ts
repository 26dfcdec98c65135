import { describe, expect, test } from 'vitest'
import { mixDown } from '../../../../src/app/sound/mix.ts'
import { refuseMicrophone } from '../../../../src/app/sound/record.ts'
import { refuseLong, refuseShort } from '../../../../src/app/sound/refusals.ts'

describe('a recording is refused by its duration', () => {
  test.each([
    [3 * 3600, /“a.mp3” lasts 3 hours, and the limit is 2 hours. Cut it into shorter pieces/],
    [7201, /lasts 2 hours 1 minute, and/],
    [9001, /lasts 2 hours 31 minutes, and/],
  ])('of %i s', (seconds, message) => {
    expect(refuseLong('a.mp3', seconds)).toMatch(message)
  })

  test.each([
    [0, /holds no sound/],
    [1 / 16_000, /lasts only 0.000063 s. Choose recordings of at least 0.1 s/],
    [0.0999, /lasts only 0.1 s/],
  ])('of %f s', (seconds, message) => {
    expect(refuseShort('a.mp3', seconds)).toMatch(message)
  })

  test('but not at the limits', () => {
    expect(refuseLong('a.mp3', 7200)).toBeUndefined()
    expect(refuseShort('a.mp3', 0.1)).toBeUndefined()
  })
})

describe('channels are mixed down', () => {
  test('to their mean, which is clipped', () => {
    const left = Float32Array.of(1, 0.5, -1, 3, -3)
    const right = Float32Array.of(1, -0.5, 0, 1, -1)
    expect([...mixDown([left, right])]).toEqual([32_767, 0, -16_383, 32_767, -32_767])
  })
})

test.each([
  ['NotAllowedError', /does not let this page use the microphone. Allow it/],
  ['NotFoundError', /No microphone was found. Connect one/],
  ['NotReadableError', /another program may be using it/],
  ['OverconstrainedError', /could not be opened \(x\). Drop a sound file instead/],
])('%s of a microphone is a sentence with a way out', (name, message) => {
  expect(refuseMicrophone(new DOMException('x', name))).toMatch(message)
})
