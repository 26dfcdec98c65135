import { expect, test } from 'vitest'
import { withoutDeadCode } from '../../../../src/engine/capture/deadCode.ts'
import { bufferNamed, copyOf, dispatchOf, namesOf, recordingOf } from '../../../support/recordings.ts'

const input = bufferNamed('input')
const weights = bufferNamed('weights')

test('drops what nobody reads, and what only that needed', () => {
  const [a, b, output] = ['a', 'b', 'output'].map((name) => bufferNamed(name))
  const commands = [
    dispatchOf('forward', [input], [output]),
    dispatchOf('needed by the unused', [input], [a]),
    dispatchOf('unused', [a], [b]),
  ]
  expect(namesOf(withoutDeadCode(recordingOf(commands, [a, b, output]), [output]))).toEqual(['forward'])
})

test('keeps what changes buffers that were there before, and all that it comes from', () => {
  const [a, gathered] = ['a', 'gathered'].map((name) => bufferNamed(name))
  const commands = [
    dispatchOf('gradient', [input], [a]),
    copyOf(a, gathered),
    dispatchOf('update', [gathered], [weights]),
  ]
  expect(namesOf(withoutDeadCode(recordingOf(commands, [a, gathered]), []))).toEqual([
    'gradient',
    'copy',
    'update',
  ])
})

test('keeps both halves of a buffer that two dispatches write', () => {
  const output = bufferNamed('output')
  const commands = [dispatchOf('first half', [input], [output]), dispatchOf('second half', [input], [output])]
  expect(withoutDeadCode(recordingOf(commands, [output]), [output])).toHaveLength(2)
})
