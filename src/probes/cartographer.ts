import type { Features } from './features.ts'
import { place } from './placing.ts'
import { principalPlane } from './plane.ts'
import { Umap } from './umap.ts'

/** How samples are laid out: where features spread most, at once; or those that are alike together, which takes long. */
export type MapMethod = 'pca' | 'umap'

/** A map as far as it is drawn. */
export interface Sketch {
  /** Steps that the network had made whose features are mapped. */
  readonly step: number
  /** `[N, 2]`, from −1 to 1. */
  readonly points: Float32Array
  /** From 0 to 1. */
  readonly progress: number
  /** Nothing is left to draw until there are other features. */
  readonly isUpToDate: boolean
}

/** Features of a network after some steps. */
export interface Studied {
  readonly step: number
  readonly features: Features
}

/** Maps samples while what is known of them changes: each map begins where the one before it ended. */
export class Cartographer {
  private latest: Studied
  /** What the map shows. */
  private drawn: Studied | undefined
  private method: MapMethod | undefined
  private places: Float32Array | undefined
  private umap: Umap | undefined

  constructor(studied: Studied) {
    this.latest = studied
  }

  /** Other features of the same samples. A map on its way is finished first. */
  follow(studied: Studied): void {
    this.latest = studied
  }

  /**
   * Goes on with the map.
   * @param ms about how long to work at it; a piece that takes longer is finished
   */
  draw(method: MapMethod, ms: number): Sketch {
    return method === 'pca' ? this.drawPlane() : this.drawUmap(ms)
  }

  private drawPlane(): Sketch {
    const { latest } = this
    this.umap = undefined
    if (this.drawn !== latest || this.method !== 'pca')
      this.places = place(principalPlane(latest.features), this.places)
    this.method = 'pca'
    this.drawn = latest
    return this.sketch(1)
  }

  private drawUmap(ms: number): Sketch {
    const umap = this.umapToDraw()
    const end = performance.now() + ms
    do umap.advance()
    while (!umap.isDone && performance.now() < end)
    this.places = place(umap.points, this.places)
    return this.sketch(umap.progress)
  }

  /** The one on its way, or one of the latest features. */
  private umapToDraw(): Umap {
    const { umap, latest } = this
    if (umap !== undefined && (!umap.isDone || this.drawn === latest)) return umap
    this.places ??= place(principalPlane(latest.features))
    const isLater = this.method === 'umap'
    this.method = 'umap'
    this.drawn = latest
    this.umap = new Umap(latest.features, { points: this.places, isLater })
    return this.umap
  }

  private sketch(progress: number): Sketch {
    const { places, drawn = this.latest } = this
    const points = Float32Array.from(places ?? [])
    return { step: drawn.step, points, progress, isUpToDate: progress === 1 && drawn === this.latest }
  }
}
