import { formatShare } from '../probes/words.ts'
import { presetOf } from '../../config/presets.ts'
import { isRelevant } from '../../config/relevance.ts'
import { FIELD_NAMES, fieldOf, type Config, type FieldName } from '../../config/schema.ts'
import { essential } from '../../config/url.ts'
import type { KeptRun } from '../../worker/protocol.ts'
import { describeValue, formatCount, formatNumber, formatValue } from '../components/format.ts'

/** More settings than these are only counted. */
const MOST_NAMED = 2

/** What a run is called by. */
type Named = Pick<KeptRun, 'modality' | 'preset' | 'config'>

/** What a run is called: by what differs from the one before it or, where that had another preset, from its preset. */
export function nameOf(run: Named, before: Named | undefined): string {
  const preset = presetOf(run.modality, run.preset).title
  const isSame = before?.preset === run.preset
  const differing = isSame ? differences(run, before) : turned(run)
  if (differing.length === 0) return isSame ? `${preset}, once more` : preset
  const named = differing.slice(0, MOST_NAMED).map((name) => settingOf(name, run.config[name]))
  const more = differing.length - named.length
  return [preset, ...named, ...(more > 0 ? [`${more} more`] : [])].join(' · ')
}

/** The settings in which a run differs from another, and that make a difference. */
export function differences({ config }: Pick<Named, 'config'>, before: Pick<Named, 'config'>): FieldName[] {
  return NAMING.filter((name) => isRelevant(name, config) && before.config[name] !== config[name])
}

/** What a person has turned of the run's preset. */
function turned({ modality, preset, config }: Named): FieldName[] {
  const overrides = essential({ modality, preset, overrides: config })
  return NAMING.filter((name) => isRelevant(name, config) && overrides[name] !== undefined)
}

/** Settings by which runs are told apart: what they were computed with is not one of them. */
const NAMING = FIELD_NAMES.filter((name) => name !== 'backend')

/** “Batch size 32”, or several with commas. */
export function settingsOf(config: Partial<Config>): string {
  return FIELD_NAMES.flatMap((name) => {
    const value = config[name]
    return value === undefined ? [] : [settingOf(name, value)]
  }).join(', ')
}

/** “Learning rate 0.001”, “Steps 60”. */
function settingOf(name: FieldName, value: Config[FieldName]): string {
  const field = fieldOf(name)
  const saysItself = field.kind === 'number' && field.unit === field.title.toLowerCase()
  return `${field.title} ${saysItself ? formatValue(value) : describeValue(field, value)}`
}

/** “1 step”, “1,200 steps”. */
export function steps(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'step' : 'steps'}`
}

/** How far it has come. */
export function progressOf({ step, loss, accuracy, config }: KeptRun): string {
  const told = accuracy === null ? [] : [`${formatShare(accuracy)} told right`]
  return [
    `step ${formatCount(step)} of ${formatCount(config.steps)}`,
    `loss\u00a0${formatNumber(loss)}`,
    ...told,
  ].join(' · ')
}

const AGO = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** “3 minutes ago”, “yesterday”; “just now” within a minute. Both in milliseconds of `Date.now()`. */
export function ago(then: number, now: number): string {
  const passed = now - then
  const unit = UNITS.find(([, ms]) => passed >= ms)
  return unit === undefined ? 'just now' : AGO.format(-Math.floor(passed / unit[1]), unit[0])
}
