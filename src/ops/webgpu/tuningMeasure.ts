import { clockTick } from './clockTick.ts'
import { inTwoAxes } from './dispatch.ts'
import { bufferNames, type Gemm } from './gemm.ts'
import { gemmShader } from './gemmShader.ts'
import { liesInColumns, likelyVariant, suits, VARIANTS, type Abilities } from './gemmVariants.ts'
import { triedModule } from './triedModule.ts'
import { abilitiesOf, choose, wantedGemms, workOf, type WantedGemm } from './tuning.ts'

interface Devices {
  /** What tfjs and our kernels are given, for which variants are chosen. */
  readonly device: GPUDevice
  /** The GPU's own; what it refuses to compile is not tried. */
  readonly real: GPUDevice
}

interface MeasureOptions {
  /** Milliseconds for all; products that are left go by those that were measured. */
  readonly budgetMs?: number
  readonly onProgress?: (done: number, total: number) => void
}

/** A variant beats the likely one only if it takes less than this part of its time: less is noise. */
const CLEARLY_FASTER = 0.93

/** A variant that took this many times the fastest's time is not tried again. */
const HOPELESS = 1.4

const ROUNDS = 3

/** Milliseconds of one measurement at least: longer than a queue's own delays. */
const LEAST_MS = 4

/** So many ticks of the clock tell which of two is clearly faster. */
const LEAST_TICKS = 16

/** A clock that is coarser than so many milliseconds tells nothing in the time that there is. */
const COARSEST_MS = 4

/** A dispatch takes some microseconds whatever it computes, so more of them take long enough. */
const MOST_REPEATS = 512

/** No fewer rows say how fast many are. */
const FEWEST_ROWS = 128

/**
 * Finds the fastest variant of every product that was noted and not measured yet: each is computed a few times, on
 * zeros, in turn with the others. A product that takes long here is measured on fewer rows. What there is
 * no time for, or no clock, stays wanted.
 */
export async function measureWanted(
  { device, real }: Devices,
  { budgetMs = 1500, onProgress = () => undefined }: MeasureOptions = {},
): Promise<void> {
  const abilities = abilitiesOf(device)
  const wanted = wantedGemms({ device })
  if (clockTick() > COARSEST_MS) return
  const speed = new Speed(Math.max(LEAST_MS, LEAST_TICKS * clockTick()))
  const clock = new Clock(budgetMs)
  if (wanted.length > 0) await calibrate(real, wanted[0], abilities, speed)
  for (const [done, each] of wanted.entries()) {
    onProgress(done, wanted.length)
    const name = await fastestOf(real, each, abilities, speed, clock)
    if (name === undefined) break
    choose({ device }, each.gemm, name)
  }
  onProgress(wanted.length, wanted.length)
}

/** The time that is left. It runs from the first variant on that is compiled: other compilations may be under way. */
class Clock {
  private deadline = Infinity
  private readonly budgetMs: number

  constructor(budgetMs: number) {
    this.budgetMs = budgetMs
  }

  get left(): number {
    return this.deadline - performance.now()
  }

  start(): void {
    if (this.deadline === Infinity) this.deadline = performance.now() + this.budgetMs
  }
}

/** What is known so far of how fast the GPU multiplies. */
class Speed {
  /** Milliseconds of one measurement. */
  readonly measurementMs: number
  private perMs = 1

  constructor(measurementMs: number) {
    this.measurementMs = measurementMs
  }

  /** Milliseconds that this many multiplications are likely to take at most. */
  of(work: number): number {
    return work / this.perMs
  }

  /** How often to compute this many, so that it can be timed. */
  repeats(work: number): number {
    return Math.max(1, Math.min(MOST_REPEATS, Math.round(this.measurementMs / this.of(work))))
  }

  learn(work: number, ms: number): void {
    this.perMs = Math.max(this.perMs, work / ms)
  }
}

/** A variant that takes part. */
interface Candidate {
  readonly name: string
  readonly run: (repeats: number) => Promise<number>
  /** Milliseconds of one computation, at best. */
  best: number
}

/** Learns how fast the GPU multiplies from a few rows of a product: from one computation, and then from ever more. */
async function calibrate(
  device: GPUDevice,
  { gemm, sizes }: WantedGemm,
  abilities: Abilities,
  speed: Speed,
): Promise<void> {
  const few = withRows(gemm, FEWEST_ROWS)
  const scratch = scratchOf(device, gemm, sizes)
  try {
    for (const { run } of await compileAll(device, few, [likelyVariant(gemm, abilities)], scratch)) {
      await run(1) // some drivers only now finish compiling
      for (let before = 0, repeats = 1; repeats >= 2 * before; repeats = speed.repeats(workOf(few))) {
        speed.learn(workOf(few), await run(repeats))
        before = repeats
      }
    }
  } finally {
    for (const buffer of scratch) buffer.destroy()
  }
}

/** The name of the fastest variant; undefined if there is no time to find out. */
async function fastestOf(
  device: GPUDevice,
  { gemm, sizes }: WantedGemm,
  abilities: Abilities,
  speed: Speed,
  clock: Clock,
): Promise<string | undefined> {
  if (clock.left <= 0) return undefined
  const likely = likelyVariant(gemm, abilities)
  const names = Object.keys(VARIANTS).filter(
    (name) => name !== likely && suits(gemm, VARIANTS[name], abilities),
  )
  if (names.length === 0) return likely
  const measured = shortened(gemm, speed)
  const scratch = scratchOf(device, gemm, sizes)
  try {
    const first = await compileAll(device, measured, [likely], scratch)
    clock.start()
    const compileMs = await millisecondsOf(() => compileAll(device, measured, [names[0]], scratch))
    const affordable = names.slice(0, Math.max(1, Math.floor(clock.left / 2 / compileMs)))
    const candidates = [...first, ...(await compileAll(device, measured, affordable, scratch))]
    const finished = await race(candidates, workOf(measured), speed, clock)
    return finished ? winner(candidates, likely) : undefined
  } finally {
    for (const buffer of scratch) buffer.destroy()
  }
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** The same product of fewer rows, if all would take too long. */
function shortened(gemm: Gemm, speed: Speed): Gemm {
  const fitting = (rowsOf(gemm) * 2 * speed.measurementMs) / speed.of(workOf(gemm))
  return withRows(gemm, Math.max(FEWEST_ROWS, Math.floor(fitting / 64) * 64))
}

/** Samples' tokens: rows of both matrices where their product is a gradient in weights, else of the first. */
function rowsOf({ a }: Gemm): number {
  return liesInColumns(a) ? a.columns : a.rows
}

function withRows(gemm: Gemm, most: number): Gemm {
  const { a, b } = gemm
  if (rowsOf(gemm) <= most) return gemm
  return liesInColumns(a)
    ? { ...gemm, a: { ...a, columns: most }, b: { ...b, rows: most } }
    : { ...gemm, a: { ...a, rows: most } }
}

/** A buffer for each matrix, in the order of the shader's bindings. */
function scratchOf(device: GPUDevice, gemm: Gemm, sizes: Readonly<Record<string, number>>): GPUBuffer[] {
  return bufferNames(gemm).map((name) =>
    device.createBuffer({ size: sizes[name] * 4, usage: GPUBufferUsage.STORAGE }),
  )
}

/** Those that the GPU accepts, compiled beside each other where the browser can. */
async function compileAll(
  device: GPUDevice,
  gemm: Gemm,
  names: readonly string[],
  scratch: readonly GPUBuffer[],
): Promise<Candidate[]> {
  const compiled = await Promise.allSettled(names.map((name) => compile(device, gemm, name, scratch)))
  return compiled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}

async function compile(
  device: GPUDevice,
  gemm: Gemm,
  name: string,
  scratch: readonly GPUBuffer[],
): Promise<Candidate> {
  const { code, workgroups } = gemmShader(gemm, VARIANTS[name])
  const module = triedModule(device, { label: name, code })
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module, entryPoint: 'main' },
  })
  const entries = scratch.map((buffer, binding) => ({ binding, resource: { buffer } }))
  const bindGroup = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries })
  return { name, run: (repeats) => timed(device, pipeline, bindGroup, workgroups, repeats), best: Infinity }
}

/** Milliseconds that each of some computations took. */
async function timed(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  bindGroup: GPUBindGroup,
  workgroups: number,
  repeats: number,
): Promise<number> {
  const encoder = device.createCommandEncoder()
  const pass = encoder.beginComputePass()
  pass.setPipeline(pipeline)
  pass.setBindGroup(0, bindGroup)
  for (let i = 0; i < repeats; i++) pass.dispatchWorkgroups(...inTwoAxes(workgroups))
  pass.end()
  const begun = performance.now()
  device.queue.submit([encoder.finish()])
  await device.queue.onSubmittedWorkDone()
  // What took no time at all may have taken a tick of the clock: nothing is taken for faster than it is.
  return Math.max(performance.now() - begun, clockTick()) / repeats
}

/** Candidates take turns, so that what slows the GPU down meanwhile slows all. @returns whether all had their turns */
async function race(
  candidates: readonly Candidate[],
  work: number,
  speed: Speed,
  clock: Clock,
): Promise<boolean> {
  let fastest = Infinity
  const repeats = speed.repeats(work)
  for (let round = 0; round < ROUNDS; round++) {
    for (const candidate of candidates.filter(({ best }) => round === 0 || best < HOPELESS * fastest)) {
      if (clock.left <= 0) return round > 0
      // The first computation of a shader also finishes its compilation on some drivers.
      if (round === 0) await candidate.run(1)
      candidate.best = Math.min(candidate.best, await candidate.run(repeats))
      fastest = Math.min(fastest, candidate.best)
      speed.learn(work, candidate.best)
    }
  }
  return true
}

function winner(candidates: readonly Candidate[], likely: string): string {
  const fastest = [...candidates].sort((one, other) => one.best - other.best)[0]
  const known = candidates.find(({ name }) => name === likely)
  return known === undefined || fastest.best < CLEARLY_FASTER * known.best ? fastest.name : likely
}
