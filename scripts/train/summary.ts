import type { Accuracies } from './prober.ts'
import type { TrainReport } from './train.ts'

/** What was learnt, in lines for a person to read. */
export function summary({ curve, baselines, compared = [], logistic, step_ms }: TrainReport): string {
  const { knn_accuracy: knn, linear_accuracy: linear } = curve[curve.length - 1]
  return [
    line('learnt', { knn, linear }, logistic?.learnt),
    line('at its start', baselines.random, logistic?.random),
    line('raw input', baselines.raw, logistic?.raw),
    ...compared.flatMap(({ network, pooling, learnt, random }) => [
      line(`${network}, ${pooling}`, learnt),
      line('  at its start', random),
    ]),
    `${digits(step_ms)} ms a step`,
  ].join('\n')
}

const NAME_WIDTH = 18

function line(name: string, { knn, linear }: Accuracies, byLogistic?: number): string {
  const known = `${name.padEnd(NAME_WIDTH)} k-NN ${percent(knn)}  linear ${percent(linear)}`
  return byLogistic === undefined ? known : `${known}  logistic ${percent(byLogistic)}`
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

export function digits(value: number): string {
  return value.toPrecision(3)
}
