import { MODALITIES } from '../../config/modalities.ts'
import type { PresetName } from '../../config/preset.ts'
import { formatNumber } from '../components/format.ts'

export function presetTitle(preset: PresetName): string {
  return MODALITIES.image.presets.named[preset]?.title ?? preset
}

/** What a GPU may offer beyond the least: what it has then, and what it lacks otherwise. */
const FEATURES: Readonly<Record<string, { readonly has: string; readonly lacks: string }>> = {
  subgroups: { has: 'has subgroups', lacks: 'has no subgroups' },
  'timestamp-query': { has: 'can time its kernels', lacks: 'cannot time its kernels' },
}

/** As the end of a sentence that begins with the GPU's name. */
export function describeFeatures(features: Readonly<Record<string, boolean>>): string {
  const facts = Object.entries(FEATURES).map(([name, { has, lacks }]) => (features[name] ? has : lacks))
  return `${facts.join(' and ')}.`
}

/** How long the same takes in stock TensorFlow.js, and how many times that is. */
export function describeRatio(ms: number, stockMs: number | null): string {
  if (stockMs === null) return '–'
  return `${formatNumber(stockMs)} (× ${formatNumber(stockMs / ms)})`
}
