import { env, util, type TensorInfo } from '@tensorflow/tfjs-core'
import type { Gemm } from './gemm.ts'
import { liesInColumns, likelyVariant, suits, VARIANTS, works, type Abilities } from './gemmVariants.ts'
import { hasQuads } from './quads.ts'
import { worksInTeams } from './teams.ts'
import type { GPUBackend } from './tfjs.ts'

/** A product that is to be computed, and how many floats each of its buffers has. */
export interface WantedGemm {
  readonly gemm: Gemm
  readonly sizes: Readonly<Record<string, number>>
  /** How often a step computes it. */
  uses: number
}

interface Tuning {
  /** The name of the variant that won, by what it was measured on. */
  readonly chosen: Map<string, string>
  /** The same where there was no time to measure. */
  readonly assumed: Map<string, string>
  readonly wanted: Map<string, WantedGemm>
}

const tunings = new WeakMap<GPUDevice, Tuning>()

const emptyTuning = (): Tuning => ({ chosen: new Map(), assumed: new Map(), wanted: new Map() })

function tuningOf(device: GPUDevice): Tuning {
  const tuning = tunings.get(device) ?? emptyTuning()
  tunings.set(device, tuning)
  return tuning
}

/** The name of the variant for a product: the one that was fastest here, or the likely one if none was measured. */
export function variantFor({ device }: Pick<GPUBackend, 'device'>, gemm: Gemm): string {
  const { chosen, assumed } = tuningOf(device)
  const abilities = abilitiesOf(device)
  const name = chosen.get(keyOf(gemm)) ?? assumed.get(keyOf(gemm))
  if (name !== undefined && works(gemm, VARIANTS[name], abilities)) return name
  return nearest(chosen, gemm, abilities) ?? likelyVariant(gemm, abilities)
}

/**
 * Notes a product that is to be measured before it is computed.
 * @param tensors of each of its buffers
 * @returns whether it waits for that: a step is only compiled, and nothing is chosen for the product yet
 */
export function awaitsMeasurement(
  { device }: Pick<GPUBackend, 'device'>,
  gemm: Gemm,
  tensors: Readonly<Record<string, TensorInfo>>,
): boolean {
  if (!env().getBool('WEBGPU_ENGINE_COMPILE_ONLY')) return false
  const { chosen, assumed, wanted } = tuningOf(device)
  const key = keyOf(gemm)
  if (chosen.has(key) || assumed.has(key)) return false
  note(wanted, key, gemm, tensors)
  return true
}

function note(
  wanted: Map<string, WantedGemm>,
  key: string,
  gemm: Gemm,
  tensors: Readonly<Record<string, TensorInfo>>,
): void {
  const known = wanted.get(key)
  if (known !== undefined) {
    known.uses += 1
    return
  }
  const sizes = Object.entries(tensors).map(([name, { shape }]) => [name, util.sizeFromShape([...shape])])
  wanted.set(key, { gemm, sizes: Object.fromEntries(sizes) as Record<string, number>, uses: 1 })
}

export function abilitiesOf(device: GPUDevice): Abilities {
  return {
    subgroups: hasQuads(device),
    barriers: worksInTeams(device),
  }
}

/** What was noted and not measured yet: the most expensive of each kind, and then the others likewise. */
export function wantedGemms({ device }: Pick<GPUBackend, 'device'>): WantedGemm[] {
  const { wanted } = tuningOf(device)
  const cost = ({ gemm, uses }: WantedGemm) => uses * workOf(gemm)
  const sorted = [...wanted.values()].sort((one, other) => cost(other) - cost(one))
  const first = sorted.filter(
    ({ gemm }, i) => sorted.findIndex((other) => kindOf(other.gemm) === kindOf(gemm)) === i,
  )
  return [...first, ...sorted.filter((each) => !first.includes(each))]
}

/** From now on this product is computed by this variant. */
export function choose({ device }: Pick<GPUBackend, 'device'>, gemm: Gemm, name: string): void {
  const { chosen, wanted } = tuningOf(device)
  chosen.set(keyOf(gemm), name)
  wanted.delete(keyOf(gemm))
}

/**
 * What was wanted and not measured stays with the variant that it has now, for as long as there is the device: a run that
 * is made again gives the same bits.
 */
export function settleWanted({ device }: Pick<GPUBackend, 'device'>): void {
  const { assumed, wanted } = tuningOf(device)
  for (const [key, { gemm }] of wanted) assumed.set(key, variantFor({ device }, gemm))
  wanted.clear()
}

/**
 * What was chosen on a device, to be remembered for its adapter; what there was no time to measure, too, or a run that goes
 * on at another visit might get other bits.
 */
export function exportChoices(device: GPUDevice): Record<string, string> {
  const { chosen, assumed } = tuningOf(device)
  return Object.fromEntries([...assumed, ...chosen])
}

/** Takes what was remembered; what is no choice of ours is left out. */
export function importChoices(device: GPUDevice, remembered: unknown): void {
  if (typeof remembered !== 'object' || remembered === null) return
  const { chosen } = tuningOf(device)
  for (const [key, name] of Object.entries(remembered) as [string, unknown][])
    if (typeof name === 'string' && Object.hasOwn(VARIANTS, name)) chosen.set(key, name)
}

/** Multiplications. */
export function workOf({ a, b }: Gemm): number {
  return a.rows * a.columns * b.columns
}

/** What two products must share for one to say how fast the other is: the operation, and how both matrices lie. */
function kindOf({ a, b, label }: Gemm): string {
  return `${label.split(' ', 1)[0]} ${liesInColumns(a) ? 'T' : 'N'}${liesInColumns(b) ? 'T' : 'N'}`
}

function keyOf(gemm: Gemm): string {
  const { a, b, label } = gemm
  return `${kindOf(gemm)}|${workOf(gemm)}|${label} ${a.rows}×${a.columns}×${b.columns}`
}

/** The choice for the product of the same kind whose size is nearest, if it is within a factor of 4. */
function nearest(chosen: ReadonlyMap<string, string>, gemm: Gemm, abilities: Abilities): string | undefined {
  const distances = [...chosen]
    .map(([key, name]) => ({ name, kind: key.split('|')[0], work: Number(key.split('|')[1]) }))
    .filter(({ kind, name }) => kind === kindOf(gemm) && suits(gemm, VARIANTS[name], abilities))
    .map(({ name, work }) => ({ name, distance: Math.abs(Math.log2(work / workOf(gemm))) }))
    .filter(({ distance }) => distance <= 2)
    .sort((one, other) => one.distance - other.distance)
  return distances[0]?.name
}
