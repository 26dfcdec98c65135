import { expect, test } from 'vitest'
import { readOptions, USAGE } from '../../../scripts/train/options.ts'

test('options of the command line are read, settings one after another', () => {
  expect(readOptions(['--steps', '40', '--set', 'width=32', '--set', 'depth=2', '--json'])).toMatchObject({
    modality: 'image',
    steps: '40',
    set: ['width=32', 'depth=2'],
    json: true,
    compare: false,
  })
})

test.each([
  [['--wat'], '--wat'],
  [['now'], 'now'],
  [['--steps'], '--steps'],
])('%s is refused, by its name', (args, name) => {
  const asked = readOptions(args)
  expect('refusal' in asked && asked.refusal).toContain(name)
})

test('each option is in the usage', () => {
  for (const name of Object.keys(readOptions([]))) if (name !== 'help') expect(USAGE).toContain(`--${name}`)
})
