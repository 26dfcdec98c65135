import { z } from 'zod'
import type { Field } from './fields.ts'
import type { ModalityName } from './modalities.ts'
import { optionsOf } from './relevance.ts'
import { FIELD_NAMES, fieldOf, type Config, type FieldName } from './schema.ts'

type Value = Config[FieldName]

/** Reads a field's value as a person or a link writes it. The error says what the modality allows. */
export function parseValue(
  modality: ModalityName,
  name: FieldName,
  text: string,
): { value: Value } | { error: string } {
  const field = fieldOf(name)
  const result = READERS[name].safeParse(text)
  const offered = optionsOf(name, modality).map(({ value }) => value)
  if (result.success && (field.kind !== 'choice' || offered.includes(text))) return { value: result.data }
  return { error: `${field.title} cannot be “${text}”. Allowed: ${allowed(field, offered)}.` }
}

export function isFieldName(name: string): name is FieldName {
  return (FIELD_NAMES as readonly string[]).includes(name)
}

const READERS = Object.fromEntries(FIELD_NAMES.map((name) => [name, reader(fieldOf(name))])) as Record<
  FieldName,
  z.ZodType<Value>
>

function reader(field: Field): z.ZodType<Value> {
  switch (field.kind) {
    case 'number': {
      const value = z.number().min(field.min).max(field.max)
      const text = z.string().trim().min(1).transform(Number)
      return text.pipe(Number.isInteger(field.step) ? value.int() : value)
    }
    case 'choice':
      return z.enum(field.options.map(({ value }) => value)) as unknown as z.ZodType<Value>
    case 'switch':
      return z.enum(['true', 'false']).transform((text) => text === 'true')
  }
}

function allowed(field: Field, offered: readonly string[]): string {
  switch (field.kind) {
    case 'number':
      return `${Number.isInteger(field.step) ? 'whole numbers' : 'numbers'} from ${field.min} to ${field.max}`
    case 'choice':
      return offered.join(', ')
    case 'switch':
      return 'true, false'
  }
}
