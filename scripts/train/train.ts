import type { ModalityName } from '../../src/config/modalities.ts'
import type { PresetName } from '../../src/config/preset.ts'
import type { Config } from '../../src/config/schema.ts'
import type { MetricRow } from '../../src/engine/reports.ts'
import { Run } from '../../src/engine/run.ts'
import type { HeldOut } from '../../src/modalities/classes.ts'
import type { SetName } from '../../src/modalities/kind.ts'
import { Prober, type Accuracies, type Compared } from './prober.ts'
import { ProgressFile } from './progress.ts'
import { KINDS, loadSet } from './samples.ts'

/** What is trained. */
export interface Order {
  readonly modality: ModalityName
  readonly preset: PresetName
  readonly config: Config
  /** Whether both networks are probed in every pooling after the last step. */
  readonly compare: boolean
  /** Whether logistic regression is fitted after the last step. */
  readonly logistic: boolean
  readonly heldOut: HeldOut
  /** Where the run is saved, and gone on with. */
  readonly save: string | undefined
  readonly backend: string
  /** Told of each probe. */
  readonly say: (row: Row) => void
}

/** Field names are those of the JSON. */
export interface Row {
  readonly step: number
  readonly loss: number
  readonly target_std: number | null
  readonly pred_std: number | null
  readonly knn_accuracy: number
  readonly linear_accuracy: number
}

export interface TrainReport {
  readonly modality: ModalityName
  readonly preset: PresetName
  readonly seed: number
  readonly backend: string
  readonly steps: number
  readonly curve: readonly Row[]
  readonly baselines: { readonly raw: Accuracies; readonly random: Accuracies }
  /** Mean of all steps, probes left out. */
  readonly step_ms: number
  /** Both networks in every pooling, where that was asked for. */
  readonly compared?: readonly Compared[]
  /** Accuracy of logistic regression, where that was asked for. */
  readonly logistic?: { readonly learnt: number; readonly random: number; readonly raw: number }
}

/** Steps between two reads of metrics. */
const READ_EVERY = 10

/** Steps between two times that a run is saved. */
const SAVE_EVERY = 100

/** Trains a run to its end, and probes it every `probeEvery` steps, and after the last. */
export async function train(order: Order): Promise<TrainReport> {
  const { modality, preset, config, heldOut, compare, logistic, save, backend, say } = order
  const file = save === undefined ? undefined : new ProgressFile(save, { modality, heldOut, config })
  const before = await file?.load()
  const open = await loadSet(modality, config.samples as SetName, heldOut)
  const run = new Run(modality, KINDS[modality].modality, config, open, before?.state)
  await run.prepare(() => undefined)
  const prober = new Prober(run)
  const start = run.createStart()
  const baselines = { raw: prober.raw(config), random: await prober.learnt(start, config) }
  const curve = [...(before?.curve ?? [])]
  let spent = before?.spent ?? 0
  while (!run.isFinished) {
    const begun = performance.now()
    const { step, loss, target_std, pred_std } = await trainTo(run, nextStop(run.step, config, file))
    spent += performance.now() - begun
    if (step % config.probeEvery === 0 || step === config.steps) {
      const { knn, linear } = await prober.learnt(run.learner, config)
      const row = { step, loss, target_std, pred_std, knn_accuracy: knn, linear_accuracy: linear }
      curve.push(row)
      say(row)
    }
    await file?.save({ state: await run.readState(), curve, spent })
  }
  return {
    modality,
    preset,
    seed: config.seed,
    backend,
    steps: config.steps,
    curve,
    baselines,
    step_ms: spent / config.steps,
    ...(compare && { compared: await prober.compare(run.learner, start, config) }),
    ...(logistic && { logistic: await prober.logistic(run.learner, start, config) }),
  }
}

/** The next step after which something other than training is done. */
function nextStop(step: number, { steps, probeEvery }: Config, file: ProgressFile | undefined): number {
  const after = (every: number) => (Math.floor(step / every) + 1) * every
  return Math.min(steps, after(probeEvery), file === undefined ? Infinity : after(SAVE_EVERY))
}

/** @returns the metrics of the last step */
async function trainTo(run: Run, step: number): Promise<MetricRow> {
  for (;;) {
    const isRead = run.step + 1 === step || run.metrics.isAlmostFull || (run.step + 1) % READ_EVERY === 0
    run.advance(isRead)
    if (!isRead) continue
    await run.idle()
    const rows = await run.metrics.read(0)
    const last = rows[rows.length - 1]
    if (!Number.isFinite(last.loss))
      throw new Error(`Training blew up: at step ${last.step} the loss is ${last.loss}.`)
    if (run.step === step) return last
  }
}
