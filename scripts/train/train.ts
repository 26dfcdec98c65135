import type { ModalityName } from '../../src/config/modalities.ts'
import type { PresetName } from '../../src/config/preset.ts'
import type { Probing } from '../../src/config/probing.ts'
import { FIELDS, type Config } from '../../src/config/schema.ts'
import type { MetricRow } from '../../src/engine/reports.ts'
import { Run } from '../../src/engine/run.ts'
import type { SetName } from '../../src/modalities/kind.ts'
import type { Features } from '../../src/probes/features.ts'
import { probeLinear, probeLogistic, probeNearest } from '../../src/probes/probe.ts'
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
  /** Accuracy of logistic regression, where that was asked for. */
  readonly logistic?: { readonly learnt: number; readonly random: number; readonly raw: number }
}

/** One way to look at what was learnt, beside the same at the random start. */
interface Compared {
  readonly network: Network
  readonly pooling: Probing['probePooling']
  readonly learnt: Accuracies
  readonly random: Accuracies
}

/** All samples: nobody waits for a page. */
const NO_LIMITS = { learnt: Infinity, tested: Infinity }

/** Steps between two reads of metrics. */
const READ_EVERY = 10

/** Trains a run to its end, and probes it every `probeEvery` steps, and after the last. */
export async function train(order: Order): Promise<TrainReport> {
  const { modality, preset, config, compare, logistic, backend, say } = order
  const open = await loadSet(modality, config.samples as SetName)
  const run = new Run(modality, KINDS[modality].modality, config, open)
  await run.prepare(() => undefined)
  const prober = proberOf(run)
  const baselines = { raw: prober.raw(config), random: await prober.learnt(config) }
  const before = compare ? await prober.inEachPooling(config, 'teacher') : [] // which is the student, too
  const start = logistic && { random: await prober.logistic(config), raw: prober.rawLogistic() }
  const curve: Row[] = []
  let spent = 0
  while (!run.isFinished) {
    const next = Math.min(config.steps, run.step + config.probeEvery)
    const begun = performance.now()
    const { step, loss, target_std, pred_std } = await trainTo(run, next)
    spent += performance.now() - begun
    const { knn, linear } = await prober.learnt(config)
    const row = { step, loss, target_std, pred_std, knn_accuracy: knn, linear_accuracy: linear }
    curve.push(row)
    say(row)
  }
  const compared = compare ? await compareNetworks(prober, config, before) : undefined
  return {
    modality,
    preset,
    seed: config.seed,
    backend,
    steps: config.steps,
    curve,
    baselines,
    step_ms: spent / config.steps,
    ...(compared && { compared }),
    ...(start && { logistic: { learnt: await prober.logistic(config), ...start } }),
  }
}

type Network = Probing['probeNetwork']

const NETWORKS = FIELDS.probeNetwork.options.map(({ value }) => value)
const POOLINGS = FIELDS.probePooling.options.map(({ value }) => value)

/** What tells classes from the run's networks as they are, and from raw input. */
interface Prober {
  readonly learnt: (probing: Probing) => Promise<Accuracies>
  /** One for each of `POOLINGS`. */
  readonly inEachPooling: (probing: Probing, network: Network) => Promise<Accuracies[]>
  readonly raw: (probing: Probing) => Accuracies
  readonly logistic: (probing: Probing) => Promise<number>
  readonly rawLogistic: () => number
}

function proberOf(run: Run): Prober {
  const { samples, task } = run.survey(NO_LIMITS)
  if (task === undefined) throw new Error('The samples have no classes to tell.')
  const surveyor = run.surveyor(samples)
  const raw = surveyor.raw()
  const encode = async (probing: Probing) => (await surveyor.encode(run.learner, probing)) ?? []
  const accuraciesOf = (layers: readonly Features[], { probeNeighbours }: Probing) => ({
    knn: probeNearest(layers, task, probeNeighbours).accuracy,
    linear: probeLinear(layers, task).accuracy,
  })
  return {
    learnt: async (probing) => accuraciesOf(await encode(probing), probing),
    inEachPooling: async (probing, probeNetwork) => {
      const each = await surveyor.encodeInEach(POOLINGS, run.learner, { ...probing, probeNetwork })
      return (each ?? []).map((layers) => accuraciesOf(layers, probing))
    },
    raw: (probing) => accuraciesOf([raw], probing),
    logistic: async (probing) => probeLogistic(await encode(probing), task).accuracy,
    rawLogistic: () => probeLogistic([raw], task).accuracy,
  }
}

/** @param random accuracies at the random start, one for each of `POOLINGS` */
async function compareNetworks(
  prober: Prober,
  config: Config,
  random: readonly Accuracies[],
): Promise<Compared[]> {
  const compared = []
  for (const network of NETWORKS) {
    const learnt = await prober.inEachPooling(config, network)
    compared.push(
      ...POOLINGS.map((pooling, i) => ({ network, pooling, learnt: learnt[i], random: random[i] })),
    )
  }
  return compared
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
