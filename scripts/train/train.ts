import type { ModalityName } from '../../src/config/modalities.ts'
import type { PresetName } from '../../src/config/preset.ts'
import { POOLINGS, PROBED_NETWORKS, type Probing } from '../../src/config/probing.ts'
import type { Config } from '../../src/config/schema.ts'
import type { MetricRow } from '../../src/engine/reports.ts'
import type { Probed, Prober } from '../../src/engine/prober.ts'
import { Run } from '../../src/engine/run.ts'
import type { SetName } from '../../src/modalities/kind.ts'
import { KINDS, loadSet } from './samples.ts'

/** What is trained. */
export interface Order {
  readonly modality: ModalityName
  readonly preset: PresetName
  readonly config: Config
  readonly probing: Probing
  /** Steps between two probes. */
  readonly probeEvery: number
  /** Whether both networks are probed in every pooling after the last step. */
  readonly compare: boolean
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

interface Accuracies {
  readonly knn: number
  readonly linear: number
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
}

/** One way to look at what was learnt, beside the same at the random start. */
interface Compared {
  readonly network: Probing['network']
  readonly pooling: Probing['pooling']
  readonly learnt: Accuracies
  readonly random: Accuracies
}

/** All samples: nobody waits for a page. */
const NO_LIMITS = { learnt: Infinity, tested: Infinity }

/** Steps between two reads of metrics. */
const READ_EVERY = 10

/** Trains a run to its end, and probes it every `probeEvery` steps, and after the last. */
export async function train(order: Order): Promise<TrainReport> {
  const { modality, preset, config, probing, probeEvery, compare, backend, say } = order
  const open = await loadSet(modality, config.samples as SetName)
  const run = new Run(modality, KINDS[modality].modality, config, open)
  await run.prepare(() => undefined)
  const prober = run.prober(NO_LIMITS)
  if (prober === undefined) throw new Error(`The sample set ${config.samples} has no classes to tell.`)
  const baselines = {
    raw: accuraciesOf(prober.probeRaw(probing)),
    random: accuraciesOf(await prober.probe(probing)),
  }
  const before = compare ? await probeInEveryWay(prober, probing) : []
  const curve: Row[] = []
  let spent = 0
  while (!run.isFinished) {
    const next = Math.min(config.steps, run.step + probeEvery)
    const begun = performance.now()
    const last = await trainTo(run, next)
    spent += performance.now() - begun
    const row = await probeRow(prober, probing, last)
    curve.push(row)
    say(row)
  }
  const after = compare ? await probeInEveryWay(prober, probing) : []
  return {
    modality,
    preset,
    seed: config.seed,
    backend,
    steps: config.steps,
    curve,
    baselines,
    step_ms: spent / config.steps,
    ...(compare && { compared: after.map((way, i) => ({ ...way, random: before[i].learnt })) }),
  }
}

async function probeInEveryWay(prober: Prober, probing: Probing): Promise<Omit<Compared, 'random'>[]> {
  const ways = PROBED_NETWORKS.flatMap((network) => POOLINGS.map((pooling) => ({ network, pooling })))
  const found = []
  for (const way of ways)
    found.push({ ...way, learnt: accuraciesOf(await prober.probe({ ...probing, ...way })) })
  return found
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

async function probeRow(prober: Prober, probing: Probing, metrics: MetricRow): Promise<Row> {
  const { step, loss, target_std, pred_std } = metrics
  const { knn, linear } = accuraciesOf(await prober.probe(probing))
  return { step, loss, target_std, pred_std, knn_accuracy: knn, linear_accuracy: linear }
}

function accuraciesOf({ knn, linear }: Probed): Accuracies {
  return { knn: knn.accuracy, linear: linear.accuracy }
}
