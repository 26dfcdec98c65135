import { UMAP } from 'umap-js'
import { Random } from '../ops/random.ts'
import { scaleOf, standardise, type Features } from './features.ts'
import { unitRows } from './nearest.ts'
import { largest, ROWS_AT_ONCE, similarities } from './similarities.ts'

/** Samples that each is drawn to: few show fine structure, many show the coarse. */
const NEIGHBOURS = 15

/** Rounds from a first sketch, and from a map of nearly the same features, which shall stay where it is. */
const FIRST = { epochs: 200, learningRate: 1 }
const LATER = { epochs: 60, learningRate: 0.25 }

/** UMAP's forces have a fixed reach: a map of radius 1 is laid out this much larger. */
const REACH = 10

/** Rows whose neighbours are found at a time. */
const ROWS = 16

/** Shares of the time that finding neighbours and making a graph of them take. */
const FINDING = 0.3
const JOINING = 0.1

export interface UmapStart {
  /** `[N, 2]` from −1 to 1: where the points are to begin with. */
  readonly points: Float32Array
  /** Whether they are a UMAP of nearly the same features already. */
  readonly isLater: boolean
}

/**
 * UMAP (McInnes et al. 2018) by the cosine of standardised features: samples that are alike end up together. It is made
 * piece by piece, so that whoever makes it can do other things in between, or leave it unfinished; the same features
 * and start give the same map however its pieces are timed.
 */
export class Umap {
  private readonly unit: Features
  private readonly start: UmapStart
  private readonly epochs: number
  private readonly umap: UMAP
  private readonly neighbours: number
  private readonly indices: number[][] = []
  private readonly distances: number[][] = []
  private isJoined = false
  private epoch = 0

  /** @param features `[N, F]` of at least three samples */
  constructor(features: Features, start: UmapStart) {
    const { epochs, learningRate } = start.isLater ? LATER : FIRST
    const random = Random.stream(0, 'umap')
    this.unit = unitRows(standardise(features, scaleOf(features)))
    this.start = start
    this.epochs = epochs
    this.neighbours = Math.min(NEIGHBOURS, features.count - 1)
    this.umap = new UMAP({
      nNeighbors: this.neighbours,
      nEpochs: epochs,
      learningRate,
      random: () => random.uniform(),
    })
  }

  /** From 0 to 1. */
  get progress(): number {
    if (!this.isJoined) return (FINDING * this.indices.length) / this.unit.count
    return FINDING + JOINING + (1 - FINDING - JOINING) * (this.epoch / this.epochs)
  }

  get isDone(): boolean {
    return this.epoch === this.epochs
  }

  /** `[N, 2]`: where the points are now, which may be farther out than 1. */
  get points(): Float32Array {
    if (!this.isJoined) return this.start.points
    return Float32Array.from(this.umap.getEmbedding().flat(), (value) => value / REACH)
  }

  /** The next piece of the work: milliseconds, or a second where samples are joined to a graph. */
  advance(): void {
    if (this.isDone) return
    if (this.indices.length < this.unit.count) this.findSome()
    else if (!this.isJoined) this.join()
    else this.epoch = this.umap.step()
  }

  /** Exact neighbours: of so few samples they are found about as fast as by the library's approximate search. */
  private findSome(): void {
    const { count } = this.unit
    for (let first = this.indices.length; this.indices.length < Math.min(count, first + ROWS);) {
      const next = this.indices.length
      const cosines = similarities(this.unit, next)
      for (let row = next; row < Math.min(count, next + ROWS_AT_ONCE); row++)
        this.note(row, cosines.subarray((row - next) * count, (row - next + 1) * count))
    }
  }

  /** UMAP takes each sample for the first of its own neighbours, also where others equal it. */
  private note(row: number, cosines: Float32Array): void {
    const others = largest(cosines, this.neighbours).filter((other) => other !== row)
    const found = others.slice(0, this.neighbours - 1)
    this.indices.push([row, ...found])
    this.distances.push([0, ...found.map((other) => Math.max(0, 1 - cosines[other]))])
  }

  /** UMAP begins at random places, which are overwritten here: it goes on from whatever its embedding holds. */
  private join(): void {
    this.umap.setPrecomputedKNN(this.indices, this.distances)
    this.umap.initializeFit(this.indices) // with its neighbours known it asks only how many samples there are
    const { points } = this.start
    this.umap.getEmbedding().forEach((place, i) => {
      place[0] = REACH * points[2 * i]
      place[1] = REACH * points[2 * i + 1]
    })
    this.isJoined = true
  }
}
