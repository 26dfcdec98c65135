import { describe, expect, test } from 'vitest'
import { withoutCopies } from '../../../../src/engine/capture/elision.ts'
import type { Command } from '../../../../src/engine/capture/recording.ts'
import { bufferNamed, copyOf, dispatchOf, namesOf, recordingOf } from '../../../support/recordings.ts'

const input = bufferNamed('input')
const weights = bufferNamed('weights')
const [a, b] = [bufferNamed('a'), bufferNamed('b')]
const whole = bufferNamed('whole', 512)

function elided(commands: Command[], constants: GPUBuffer[] = []) {
  return withoutCopies(recordingOf(commands, [a, b, whole], constants))
}

test('computes what is gathered where it is gathered', () => {
  const { commands, aliases } = elided([
    dispatchOf('first', [input], [a]),
    dispatchOf('second', [input], [b]),
    copyOf(a, whole),
    copyOf(b, whole, 256),
    dispatchOf('update', [whole], [weights]),
  ])
  expect(namesOf(commands)).toEqual(['first', 'second', 'update'])
  expect(aliases.get(a)).toMatchObject({ buffer: whole, offset: 0 })
  expect(aliases.get(b)).toMatchObject({ buffer: whole, offset: 256 })
})

test('what is gathered may still be read afterwards', () => {
  const { commands } = elided([
    dispatchOf('first', [input], [a]),
    copyOf(a, whole),
    dispatchOf('reads it', [a], [weights]),
  ])
  expect(namesOf(commands)).toEqual(['first', 'reads it'])
})

describe('a copy stays', () => {
  const staying: Record<string, [Command[], GPUBuffer[]?]> = {
    'of a buffer that changes later': [
      [copyOf(a, whole), dispatchOf('changes it', [input], [a]), dispatchOf('update', [whole, a], [weights])],
    ],
    'into a buffer that was in use before': [
      [dispatchOf('fills the whole', [input], [whole]), dispatchOf('first', [input], [a]), copyOf(a, whole)],
    ],
    'into a buffer that changes while the copied one is read': [
      [
        dispatchOf('first', [input], [a]),
        copyOf(a, whole),
        dispatchOf('changes the whole', [input], [whole]),
        dispatchOf('reads it', [a], [weights]),
      ],
    ],
    'to a place where no binding can begin': [[dispatchOf('first', [input], [a]), copyOf(a, whole, 128)]],
    'of a constant': [[copyOf(bufferNamed('constant'), whole)]],
    'of a buffer that was there before': [[copyOf(weights, whole)]],
  }
  test.each(Object.entries(staying))('%s', (_, [commands, constants]) => {
    expect(namesOf(elided(commands, constants).commands)).toContain('copy')
  })

  test('where a dispatch would read and write parts of one buffer', () => {
    const { commands } = elided([
      dispatchOf('first', [input], [a]),
      dispatchOf('second, from the first', [a], [b]),
      copyOf(a, whole),
      copyOf(b, whole, 256),
    ])
    expect(namesOf(commands)).toEqual(['first', 'second, from the first', 'copy'])
  })

  test('of a buffer that is copied twice into one: a buffer cannot be copied into itself', () => {
    const { commands } = elided([dispatchOf('first', [input], [a]), copyOf(a, whole), copyOf(a, whole, 256)])
    expect(namesOf(commands)).toEqual(['first', 'copy', 'copy'])
  })
})
