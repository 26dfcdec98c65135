/** Trains without a page, by the same code, and says what was learnt: see USAGE. */
import { checkConfig } from '../../src/config/check.ts'
import { MODALITIES, MODALITY_NAMES } from '../../src/config/modalities.ts'
import { isFieldName, parseValue } from '../../src/config/parse.ts'
import type { Overrides } from '../../src/config/preset.ts'
import { presetsOf, resolveConfig } from '../../src/config/presets.ts'
import { fieldsOf } from '../../src/config/relevance.ts'
import type { Config, FieldName } from '../../src/config/schema.ts'
import { messageOf } from '../../src/messageOf.ts'
import type { HeldOut } from '../../src/modalities/classes.ts'
import { NODE_BACKENDS, useBackend } from '../../test/support/nodeBackend.ts'
import { readOptions, USAGE, type TrainOptions } from './options.ts'
import { digits, percent, summary } from './summary.ts'
import { train, type Row } from './train.ts'

const options = optionsOf(process.argv.slice(2))

const HELD_OUT: readonly HeldOut[] = ['subjects', 'samples']

/** Options that stand for a setting, for those that are wanted most. */
const SETTINGS = {
  steps: 'steps',
  seed: 'seed',
  'probe-every': 'probeEvery',
  network: 'probeNetwork',
  layer: 'probeLayer',
  pooling: 'probePooling',
  neighbours: 'probeNeighbours',
} as const satisfies Record<string, FieldName>

const backend = oneOf('backend', options.backend, NODE_BACKENDS)
const modality = oneOf('modality', options.modality, MODALITY_NAMES)
const heldOut = oneOf('held-out', options['held-out'], HELD_OUT)
const preset = oneOf('preset', options.preset, presetsOf(modality))
const config = resolveConfig(modality, preset, overridesOf())
const problems = checkConfig(modality, config)
if (problems.length > 0) fail(problems.map(({ message }) => message).join('\n'))
if (config.samples === 'own')
  fail('There are no files of your own here: choose a sample set by --set samples=….')

await useBackend(backend)
const { compare, logistic, save } = options
const report = await train({
  modality,
  preset,
  config,
  heldOut,
  compare,
  logistic,
  save,
  backend,
  say,
}).catch(refused)
console.log(options.json ? JSON.stringify(report) : summary(report))
process.exit(0)

function optionsOf(args: readonly string[]): TrainOptions {
  const asked = readOptions(args)
  if ('refusal' in asked) return fail(`${asked.refusal}\n\n${USAGE}`)
  if (!asked.help) return asked
  console.log(USAGE)
  process.exit(0)
}

/** Settings that are to differ from the preset's. */
function overridesOf(): Overrides {
  const named = Object.entries(SETTINGS).flatMap(([option, name]) => {
    const value = options[option as keyof typeof SETTINGS]
    return value === undefined ? [] : [`${name}=${value}`]
  })
  return Object.fromEntries([...named, ...options.set].map(settingOf))
}

function settingOf(setting: string): [FieldName, Config[FieldName]] {
  const [, name, text] = /^(\w+)=(.*)$/.exec(setting) ?? fail(`--set ${setting}: write it as name=value.`)
  if (!isFieldName(name) || !fieldsOf(modality).includes(name))
    fail(`--set ${setting}: ${MODALITIES[modality].title} has no setting “${name}”.`)
  const parsed = parseValue(modality, name, text)
  return 'error' in parsed ? fail(parsed.error) : [name, parsed.value]
}

function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  return (
    names.find((name) => name === text) ?? fail(`--${option} ${text}: choose one of ${names.join(', ')}.`)
  )
}

/** Standard output is for the result alone. */
function say(row: Row): void {
  console.error(
    `step ${row.step}: loss ${digits(row.loss)}, k-NN ${percent(row.knn_accuracy)}, linear ${percent(row.linear_accuracy)}`,
  )
}

/** What went wrong, as a sentence: where in the program is of no use to who asked for the run. */
function refused(error: unknown): never {
  return fail(messageOf(error))
}

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}
