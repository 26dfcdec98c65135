import { keep, type Tensor } from '@tensorflow/tfjs-core'
import type { StoredTensor } from '../support/safetensors.ts'

export const GROUPS = [
  'activations',
  'targets',
  'loss',
  'gradients',
  'weights after step 1',
  'weights after step 5',
] as const
export type Group = (typeof GROUPS)[number]

/** The worst tensor of a group so far. */
export interface Worst {
  readonly tensor: string
  /** Largest difference, over the largest magnitude in the reference's tensor. */
  readonly relative: number
  /** Largest difference over what the tolerance allows; above 1 the case fails. */
  readonly ofTolerance: number
}

interface Pending {
  readonly group: Group
  readonly name: string
  readonly actual: Tensor
  readonly expected: StoredTensor
  readonly tolerance: (max: number) => number
}

/** Collects how far this implementation is from the reference, the worst of each group. */
export class Comparison {
  readonly worst = new Map<Group, Worst>()
  compared = 0
  /** What the reference recorded and nothing was compared with. */
  missing: readonly string[] = []
  private readonly seen = new Set<string>()
  private readonly pending: Pending[] = []

  /**
   * Compares a tensor when the comparison is settled; it may be disposed of before, but not changed.
   * @param tolerance largest difference allowed, absolute, given the largest magnitude of the reference's tensor
   */
  tensor(
    group: Group,
    name: string,
    actual: Tensor,
    expected: StoredTensor,
    tolerance: (max: number) => number,
  ): void {
    this.pending.push({ group, name, actual: keep(actual.clone()), expected, tolerance })
  }

  scalar(group: Group, name: string, actual: number, expected: number, relativeTolerance: number): void {
    const difference = worse(0, Math.abs(actual - expected))
    this.record(group, name, difference, Math.abs(expected), relativeTolerance * Math.abs(expected))
  }

  /** Reads back and compares every tensor so far: a GPU's memory cannot be read synchronously everywhere. */
  async settle(): Promise<void> {
    for (const { group, name, actual, expected, tolerance } of this.pending.splice(0)) {
      const values = await actual.data()
      actual.dispose()
      if (values.length !== expected.values.length)
        throw new Error(`${name} has ${values.length} numbers, the reference ${expected.values.length}.`)
      const max = expected.values.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0)
      const difference = expected.values.reduce((largest, x, i) => worse(largest, Math.abs(values[i] - x)), 0)
      this.record(group, name, difference, max, tolerance(max))
    }
  }

  expectAll(names: readonly string[]): void {
    this.missing = names.filter((name) => !this.seen.has(name))
  }

  get passed(): boolean {
    return (
      this.missing.length === 0 &&
      GROUPS.every((group) => (this.worst.get(group)?.ofTolerance ?? Infinity) <= 1)
    )
  }

  private record(group: Group, tensor: string, difference: number, max: number, tolerance: number): void {
    this.compared += 1
    this.seen.add(tensor)
    const found = { tensor, relative: difference / max, ofTolerance: difference / tolerance }
    const worst = this.worst.get(group)
    if (worst === undefined || found.ofTolerance > worst.ofTolerance) this.worst.set(group, found)
  }
}

/** The larger of two differences, where NaN is larger than any. */
function worse(a: number, b: number): number {
  return Number.isNaN(b) ? Infinity : Math.max(a, b)
}
