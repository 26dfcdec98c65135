import { transfer, wrap, type Remote } from 'comlink'
import type { Analyst, RemoteAnalyst } from '../probes/analyst.ts'
import type { Features } from '../probes/features.ts'

/** An analyst in a worker of its own, which is started with the first thing that it is asked. */
export function startAnalyst(): RemoteAnalyst {
  let remote: Remote<Analyst> | undefined
  const analyst = () =>
    (remote ??= wrap<Analyst>(
      new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' }),
    ))
  return {
    open: (subject) => analyst().open(subject),
    study: (layers, neighbours, step) => analyst().study(moved(layers), neighbours, step),
    draw: (method, ms) => analyst().draw(method, ms),
    likeness: (row, most) => analyst().likeness(row, most),
    find: (rows) => analyst().find(rows),
    score: (layers, neighbours) => analyst().score(moved(layers), neighbours),
    scoreRaw: (neighbours) => analyst().scoreRaw(neighbours),
  }
}

/** Features that are moved to the other thread instead of being copied. */
function moved(layers: readonly Features[]): readonly Features[] {
  return transfer(
    layers,
    layers.map(({ values }) => values.buffer as ArrayBuffer),
  )
}
