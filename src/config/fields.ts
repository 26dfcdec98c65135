import type { ModalityName } from './modalities.ts'

/** Parts of the method, in the order in which data flows through them; the form shows one section for each. */
export const GROUPS = {
  data: 'Data',
  masking: 'Masking',
  student: 'Student',
  targets: 'Targets',
  teacher: 'Teacher',
  loss: 'Loss',
  optimiser: 'Optimiser',
  run: 'Run',
  probes: 'Probes',
} as const

export type GroupName = keyof typeof GROUPS

type PaperValues = Readonly<Partial<Record<ModalityName, string>>>

interface FieldBase {
  readonly title: string
  readonly group: GroupName
  /** One or two sentences: what it changes, and what to watch when turning it. */
  readonly help: string
  /** The value that the paper (or its released code) used at full size. */
  readonly paper: PaperValues
  /** That of data2vec 2.0, where it is another. */
  readonly paper2?: PaperValues
  /** `hot` takes effect at the next step; `cold` shapes the model or its data and needs a new run. */
  readonly applies: 'hot' | 'cold'
  /** Values of other settings beside which it is cold nevertheless. */
  readonly coldBeside?: Readonly<Record<string, readonly string[]>>
  /** Shown only when the person asks for all settings. */
  readonly advanced?: boolean
  /** The modalities that have it; all, if left out. */
  readonly modalities?: readonly ModalityName[]
  /** Other settings, and the values of theirs without which this one changes nothing. */
  readonly needs?: Readonly<Record<string, readonly string[]>>
}

/** How a slider's travel maps to the value; `decay` spreads the values close to 1, evenly in log(1 − x). */
export type Scale = 'linear' | 'log' | 'decay'

export interface NumberField extends FieldBase {
  readonly kind: 'number'
  readonly default: number
  readonly min: number
  readonly max: number
  /** Smallest change; a whole number makes the field whole. */
  readonly step: number
  readonly scale: Scale
  readonly unit?: string
}

export interface ChoiceField<Value extends string = string> extends FieldBase {
  readonly kind: 'choice'
  readonly default: Value
  readonly options: readonly Option<Value>[]
}

export interface Option<Value extends string = string> {
  readonly value: Value
  readonly label: string
  /** The modalities that offer it; all, if left out. */
  readonly modalities?: readonly ModalityName[]
}

export interface SwitchField extends FieldBase {
  readonly kind: 'switch'
  readonly default: boolean
}

export type Field = NumberField | ChoiceField | SwitchField

type NumberSpec = Omit<NumberField, 'kind' | 'scale'> & { scale?: Scale }
type ChoiceSpec<Value extends string> = Omit<ChoiceField<Value>, 'kind' | 'options' | 'default'> & {
  default: NoInfer<Value>
  options: Readonly<Record<Value, string | Omit<Option, 'value'>>>
}

export function number(spec: NumberSpec): NumberField {
  return { kind: 'number', scale: 'linear', ...spec }
}

export function choice<const Value extends string>(spec: ChoiceSpec<Value>): ChoiceField<Value> {
  const entries = Object.entries(spec.options) as [Value, string | Omit<Option, 'value'>][]
  const options = entries.map(([value, option]) =>
    typeof option === 'string' ? { value, label: option } : { value, ...option },
  )
  return { ...spec, kind: 'choice', options }
}

export function toggle(spec: Omit<SwitchField, 'kind'>): SwitchField {
  return { kind: 'switch', ...spec }
}
