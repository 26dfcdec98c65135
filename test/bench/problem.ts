import type { Config } from '../../src/config/schema.ts'
import { isDecayed, drawValues } from '../../src/data2vec/parameters.ts'
import { parametersOf } from '../../src/data2vec/learner.ts'
import { isAveraged } from '../../src/data2vec/teacher.ts'
import type { HostBatch } from '../../src/engine/batches.ts'
import { Sampler } from '../../src/engine/sampler.ts'
import type { Layout, Modality, OpenDataset } from '../../src/modalities/modality.ts'
import { Random } from '../../src/ops/random.ts'

/** One trainable tensor, and how it starts. */
export interface StartingWeight {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
  readonly decayed: boolean
  readonly averaged: boolean
}

/** What every implementation is given: the same network, the same start and the same batches. */
export interface Problem {
  readonly config: Config
  readonly modality: Modality<never>
  readonly layout: Layout
  readonly weights: readonly StartingWeight[]
  /** Drawn before anything is timed, and used in turn. */
  readonly batches: readonly HostBatch[]
}

const BATCHES = 4

/** Of a problem's weights by their names, for a learner. */
export function startingValues({ weights }: Problem): (weight: { readonly name: string }) => Float32Array {
  const values = new Map(weights.map(({ name, values }) => [name, values]))
  return ({ name }) => values.get(name) ?? new Float32Array()
}

export function createProblem(modality: Modality<never>, config: Config, open: OpenDataset): Problem {
  const layout = modality.layout(config)
  return {
    config,
    modality,
    layout,
    weights: drawWeights(modality, config),
    batches: drawBatches(modality, config, layout, open),
  }
}

function drawWeights(modality: Modality<never>, config: Config): StartingWeight[] {
  const random = Random.stream(config.seed, 'weights')
  return parametersOf(modality, config).map((spec) => ({
    name: spec.name,
    shape: spec.shape,
    values: drawValues(spec, random),
    decayed: isDecayed(spec, config),
    averaged: isAveraged(spec.name, config.teacherScope),
  }))
}

function drawBatches(modality: Modality<never>, config: Config, layout: Layout, open: OpenDataset) {
  const sampler = new Sampler(
    modality,
    layout,
    open(() => config),
    config,
  )
  return Array.from({ length: BATCHES }, () => {
    sampler.next(config)
    return structuredClone(sampler.batch)
  })
}
