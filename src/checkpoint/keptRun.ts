import { z } from 'zod'
import { MODALITY_NAMES, type ModalityName } from '../config/modalities.ts'
import { resolveConfig } from '../config/presets.ts'
import { PRESET_NAMES, type PresetName } from '../config/preset.ts'
import { LONGEST_NOTE } from '../config/storage.ts'
import type { Config } from '../config/schema.ts'
import { formatHash, parseHash } from '../config/url.ts'
import { NO_PROBES, type KeptProbes } from '../config/keptProbes.ts'

/** What tells one run from others, from its first step on. */
export interface RunIdentity {
  /** No other run has it, in any tab. */
  readonly id: string
  readonly modality: ModalityName
  readonly preset: PresetName
  /** Milliseconds of `Date.now()`. */
  readonly begunAt: number
}

/** What is to be known of a run that is kept, beside its tensors. */
export interface KeptRun extends RunIdentity {
  /** The settings that it had last. */
  readonly config: Config
  /** Steps completed, and the loss of the last. */
  readonly step: number
  readonly loss: number
  /** What a linear classifier told right when that was measured last; null if it never was. */
  readonly accuracy: number | null
  /** What the person wrote about it; empty if nothing. */
  readonly note: string
  readonly keptAt: number
}

/** A file with all that a run goes on from. */
export interface Checkpoint {
  readonly file: string
  readonly step: number
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string
}

/** A run as its record stands in the browser's storage. */
export interface RunRecord extends KeptRun {
  /** The newest first; the one before it is what a damaged one falls back to. */
  readonly checkpoints: readonly Checkpoint[]
  readonly probes: KeptProbes
  /** Since when it waits to be deleted for good; null while it is to be kept. */
  readonly deletedAt: number | null
}

export const noteSchema = z.string().max(LONGEST_NOTE)

export const probesSchema = z.object({
  way: z.string(),
  rows: z.array(z.object({ step: z.int(), knn: z.number(), linear: z.number() })),
})

const recordSchema = z.object({
  id: z.string(),
  modality: z.enum(MODALITY_NAMES),
  preset: z.enum(PRESET_NAMES),
  begunAt: z.number(),
  config: z.record(z.string(), z.unknown()),
  step: z.int().positive(),
  loss: z.number(),
  accuracy: z.number().nullable().default(null),
  note: noteSchema.default(''),
  keptAt: z.number(),
  checkpoints: z
    .array(z.object({ file: z.string(), step: z.int().positive(), digest: z.string() }))
    .min(1)
    .max(2),
  probes: probesSchema.default({ ...NO_PROBES, rows: [] }),
  deletedAt: z.number().nullable(),
})

/** A record that another version of the page may have written; undefined if this one cannot use it. */
export function readRecord(value: unknown): RunRecord | undefined {
  const { success, data } = recordSchema.safeParse(value)
  if (!success) return undefined
  const config = readConfig(data.modality, data.preset, data.config)
  return config && { ...data, config }
}

/** All settings, each of them checked as one in a link is; undefined if one is not what it may be. */
export function readConfig(modality: ModalityName, preset: PresetName, settings: object): Config | undefined {
  const hash = formatHash({ modality, preset, overrides: settings })
  const { overrides, problems } = parseHash(hash)
  return problems.length === 0 ? resolveConfig(modality, preset, overrides) : undefined
}
