import { scaleOf, standardise, type Features } from './features.ts'
import { nearest, unitRows, type Neighbour } from './nearest.ts'

/** Which samples are alike by the cosine of their standardised features. */
export class Neighbourhood {
  private readonly features: Features
  /** Made when it is first asked for: most features are never asked about. */
  private unit: Features | undefined

  constructor(features: Features) {
    this.features = features
  }

  /** The rows most like a row, the most similar first; without the row itself. */
  of(row: number, most: number): Neighbour[] {
    this.unit ??= unitRows(standardise(this.features, scaleOf(this.features)))
    const found = nearest(this.unit, this.unit, row, most + 1)
    return found.filter(({ sample }) => sample !== row).slice(0, most)
  }
}
