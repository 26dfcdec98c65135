import { MODALITIES } from '../../config/modalities.ts'
import type { PresetName } from '../../config/preset.ts'
import type { MeasuredPreset, Unmeasured } from '../../worker/protocol.ts'
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
export function describeRatio(ms: number, stock: MeasuredPreset['stock']): string {
  if (stock === null) return '–'
  if (typeof stock === 'object') return stock.why === 'slow' ? shortReason(stock) : 'refused'
  return `${formatNumber(stock)} (× ${formatNumber(stock / ms)})`
}

/** In place of milliseconds. */
export function shortReason({ why }: Unmeasured): string {
  return why === 'slow' ? 'over 3 s' : 'no room'
}

/** Why a preset, or its stock step, was not measured: no sentence if both were. */
export function describeUnmeasured({ preset, engine, stock }: MeasuredPreset): string[] {
  const title = presetTitle(preset)
  if ('why' in engine)
    return [
      engine.why === 'slow'
        ? `${title} was not measured: a step takes more than three seconds here. Smaller presets suit this GPU.`
        : `${title} does not fit this GPU’s memory, as it seems: ${quote(engine.said)} Close other pages and programs that use the GPU, or train with a smaller batch, width or depth.`,
    ]
  if (stock !== null && typeof stock === 'object' && stock.why === 'refused')
    return [`The GPU does not make the same step of ${title} in stock TensorFlow.js: ${quote(stock.said)}`]
  return []
}

/** What a GPU says, which may be pages, as a sentence. */
function quote(said: string): string {
  const line = said.split('\n', 1)[0].trim().replace(/\.$/, '')
  return `“${line}”.`
}
