import { buildLearner } from '../../../src/data2vec/learner.ts'
import { StockSteps, startStockTfjs, type StockTfjs } from '../../../src/engine/benchmark/stockTfjs.ts'
import { startingValues, type Problem } from '../problem.ts'
import type { Subject } from './subject.ts'

let stock: StockTfjs | undefined

/** Starts the backend, which may be done only once. */
export async function startStock(): Promise<void> {
  stock = await startStockTfjs()
}

/** The step of src/data2vec as tfjs runs it by itself: plain operations, each with its kernels. */
export async function stockSubject(problem: Problem): Promise<Subject> {
  if (stock === undefined) throw new Error('Stock tfjs has to be started first.')
  const { use } = stock
  await use()
  const { config, layout, modality } = problem
  const create = () => buildLearner(modality, config, startingValues(problem), startingValues(problem))
  const steps = new StockSteps(stock, create, layout)
  return {
    ready: use,
    step: (batch) => steps.step(batch),
    idle: () => steps.idle(),
    loss: () => steps.loss(),
  }
}
