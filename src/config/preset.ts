import type { Config } from './schema.ts'

/** The presets in the order in which they are offered. A modality may lack some. */
export const PRESET_NAMES = ['tiny', 'small', 'base', 'collapse'] as const
export type PresetName = (typeof PRESET_NAMES)[number]

/** Every modality has these. */
type EssentialPreset = 'tiny' | 'small' | 'base'

export type Overrides = Partial<Config>

export interface Preset {
  readonly title: string
  /** What it is for, and why it differs from the paper. */
  readonly why: string
  readonly values: Overrides
  /** What a sample set needs otherwise: its own resolution, and the schedule that suits it. */
  readonly bySamples?: Partial<Record<Config['samples'], Overrides>>
  /** What a method needs otherwise. */
  readonly byMethod?: Partial<Record<Config['method'], Overrides>>
}

/** The presets of a modality, and what they have in common. */
export interface Presets {
  readonly common: Overrides
  readonly named: Readonly<Record<EssentialPreset, Preset> & Partial<Record<PresetName, Preset>>>
}
