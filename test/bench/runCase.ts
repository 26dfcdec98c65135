import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { enableProdMode } from '@tensorflow/tfjs-core'
import { byKernel, meanTimes, type KernelTime } from '../../src/engine/benchmark/breakdown.ts'
import { CASES, describeCase, imageProblem, problemOf } from './cases.ts'
import type { GPUCounters } from './counters.ts'
import { measureGrowth } from './growth.ts'
import { Measured, measureInTurn, type Effort } from './measure.ts'
import type { Problem } from './problem.ts'
import type { Case, Growth, SubjectName } from './report.ts'
import { engineSubject, startEngine } from './subjects/engine.ts'
import { jaxSubject } from './subjects/jax.ts'
import { isWritten } from './subjects/jaxModel.ts'
import { startStock, stockSubject } from './subjects/stockTfjs.ts'
import type { Subject } from './subjects/subject.ts'

export type Say = (line: string) => void

const CREATE: Readonly<Record<SubjectName, (problem: Problem) => Promise<Subject>>> = {
  tfjs: stockSubject,
  engine: engineSubject,
  jax: jaxSubject,
}

/** Measures one case. For a process that has just counted its GPU and does nothing else. */
export async function runCase(
  name: string,
  subjects: readonly SubjectName[],
  effort: Omit<Effort, 'leastRounds'>,
  counters: GPUCounters,
  say: Say,
): Promise<{ adapter: string; measured: Case }> {
  enableProdMode()
  const { leastSteps } = CASES[name]
  const problem = problemOf(CASES[name])
  const runnable = subjects.filter((subject) => subject !== 'jax' || isWritten(problem))
  if (runnable.includes('tfjs')) await startStock()
  const adapter = await startEngine()
  const measured: Measured[] = []
  for (const subject of runnable)
    measured.push(await Measured.create(subject, CREATE[subject], counters, problem))
  await measureInTurn(measured, { ...effort, leastRounds: leastSteps }, say)
  const figures = Object.fromEntries(measured.map((subject) => [subject.name, subject.figures()]))
  return { adapter, measured: { name: describeCase(name, problem), ...figures } }
}

/** Many sizes are measured, each for a short time. */
const GROWTH_EFFORT: Effort = { rounds: 7, budgetMs: 4000, leastRounds: 2 }

/** How this engine's step grows. */
export async function runGrowth(counters: GPUCounters, say: Say): Promise<Growth> {
  await startEngine()
  return measureGrowth(async (overrides) => {
    const problem = imageProblem(overrides)
    const subject = await engineSubject(problem)
    const measured = await Measured.create('engine', () => Promise.resolve(subject), counters, problem)
    await measureInTurn([measured], GROWTH_EFFORT, () => undefined)
    subject.dispose()
    const { step_ms } = measured.figures()
    say(`${describeCase('growth', problem)}: ${step_ms.toFixed(2)} ms`)
    return step_ms
  })
}

/** Steps over which memory must not grow. */
const MANY = 2000

/** Metrics have to be read before there are too many of them. */
const BETWEEN_READS = 16

/** By how many bytes the GPU's memory grows over 2,000 steps of this engine, with their metrics read. */
export async function runMemory(counters: GPUCounters, say: Say): Promise<number> {
  await startEngine()
  const problem = problemOf(CASES.narrow)
  const { step, loss } = await engineSubject(problem)
  const train = async (steps: number) => {
    for (let i = 0; i < steps; i++) {
      step(problem.batches[i % problem.batches.length])
      if (i % BETWEEN_READS === 0) await loss()
    }
    await loss()
  }
  await train(BETWEEN_READS)
  const { bytes } = counters
  await train(MANY)
  say(`memory: ${counters.bytes - bytes} bytes more after ${MANY} steps`)
  return counters.bytes - bytes
}

/** Runs of which the kernels' times are the mean. */
const PROFILED = 5

/** What each kernel of this engine takes of a step. */
export async function runBreakdown(name: string): Promise<readonly KernelTime[] | undefined> {
  await startEngine()
  const problem = problemOf(CASES[name])
  const { step, idle, program } = await engineSubject(problem)
  step(problem.batches[0])
  await idle()
  const runs = []
  for (let i = 0; i < PROFILED; i++) {
    const run = await program.profile()
    if (run === undefined) return undefined
    runs.push(run)
  }
  return byKernel(meanTimes(runs))
}
