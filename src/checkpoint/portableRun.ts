import { z } from 'zod'
import { MODALITY_NAMES, type ModalityName } from '../config/modalities.ts'
import { isFieldName, parseValue } from '../config/parse.ts'
import { PRESET_NAMES } from '../config/preset.ts'
import { FIELD_NAMES, FIELDS } from '../config/schema.ts'
import type { Turned } from '../config/turned.ts'
import type { MetricRow } from '../engine/reports.ts'
import type { RunState } from '../engine/run.ts'
import type { KeptProbes } from '../config/keptProbes.ts'
import { noteSchema, probesSchema, readConfig, type KeptRun } from './keptRun.ts'
import { readRunFile, writeRunFile } from './runFile.ts'

/** What the metadata of a run's file call the way in which they are written. */
const FORMAT = 'data2vec-playground-run-1'

/** A run as one file holds it: what another browser needs to list it, to draw it and to go on with it. */
export interface PortableRun {
  readonly run: Pick<KeptRun, 'modality' | 'preset' | 'config' | 'step' | 'note'>
  readonly state: RunState
  /** What was measured of its steps, the oldest first; at least one. */
  readonly rows: readonly MetricRow[]
  readonly probes: KeptProbes
}

/** What the metadata of a checkpoint say of its run to whoever reads it elsewhere. */
export function notesOf({
  modality,
  preset,
  config,
  step,
  note,
}: PortableRun['run']): Record<string, string> {
  return { format: FORMAT, modality, preset, config: JSON.stringify(config), step: String(step), note }
}

/** A checkpoint with all that was measured of the run among its metadata. */
export function writePortable({ run, state, rows, probes }: PortableRun): Uint8Array<ArrayBuffer> {
  const measured = { metrics: JSON.stringify(rows), probes: JSON.stringify(probes) }
  return writeRunFile({ state, notes: { ...notesOf(run), ...measured } })
}

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' })
    return z.NEVER
  }
})

const ifMeasured = z.number().min(0).nullable()

const setting = z.union([z.number(), z.string(), z.boolean()])

const turnedSchema = z.object({ name: z.enum(FIELD_NAMES), from: setting, to: setting })

const row = z.object({
  step: z.int().positive().max(FIELDS.steps.max),
  loss: z.number(),
  tau: z.number().min(0).max(1),
  lr: z.number().min(0),
  grad_norm: z.number().min(0),
  target_std: ifMeasured,
  pred_std: ifMeasured,
  teacher_student_distance: ifMeasured,
  step_ms: z.number().min(0),
  turned: z.array(turnedSchema).optional(),
})

/** Each step once, in the order in which they were made. */
const rowsSchema = z
  .array(row)
  .min(1)
  .max(FIELDS.steps.max)
  .refine((rows) => rows.every(({ step }, i) => i === 0 || step > rows[i - 1].step))

const notesSchema = z.object({
  format: z.literal(FORMAT),
  modality: z.enum(MODALITY_NAMES),
  preset: z.enum(PRESET_NAMES),
  config: json.pipe(z.record(z.string(), z.unknown())),
  note: noteSchema.default(''),
  metrics: json.pipe(rowsSchema),
  probes: json.pipe(probesSchema),
})

/**
 * Reads a file that anybody may have written. Whether its tensors suit its settings is seen when the run is opened.
 * @throws an Error whose message is for the person
 */
export function readPortable(bytes: Uint8Array): PortableRun {
  const { state, notes } = readRunFile(bytes)
  const { success, data, error } = notesSchema.safeParse(notes)
  if (!success) {
    const [{ path }] = error.issues
    throw new Error(
      `Its “${String(path[0])}” is not what this page writes. Download the run again from the page that trained it.`,
    )
  }
  const { modality, preset, note, metrics, probes } = data
  const unknown = Object.keys(data.config).find((name) => !isFieldName(name))
  if (unknown !== undefined) throw new Error(`It has a setting “${unknown}” that this page does not know.`)
  const config = readConfig(modality, preset, data.config)
  if (config === undefined) throw new Error('It has a setting that is not what it may be.')
  const step = state.learner.updates
  const last = metrics[metrics.length - 1]
  if (last.step > step) throw new Error('It was measured for more steps than it has made.')
  const rows = metrics.map(({ turned, ...row }): MetricRow => {
    if (turned === undefined) return row
    return { ...row, turned: turned.map((each) => readTurned(modality, each)) }
  })
  return { run: { modality, preset, config, step, note }, state, rows, probes }
}

function readTurned(modality: ModalityName, { name, from, to }: z.infer<typeof turnedSchema>): Turned {
  const read = (value: unknown) => {
    const parsed = parseValue(modality, name, String(value))
    if ('error' in parsed) throw new Error(`It was turned to what a setting may not be. ${parsed.error}`)
    return parsed.value
  }
  return { name, from: read(from), to: read(to) }
}
