/** A value, and the step at which it was measured. */
export interface LinePoint {
  readonly at: number
  readonly value: number
}

/** A place on the x axis, and what each line has there, by its key. */
export type JoinedPoint = { readonly at: number } & Readonly<Record<string, number>>

/** Several lines as points of one chart, each with what was measured at its step. */
export function joined(lines: Readonly<Record<string, readonly LinePoint[]>>): JoinedPoint[] {
  const points = new Map<number, JoinedPoint>()
  for (const [key, line] of Object.entries(lines))
    for (const { at, value } of line) points.set(at, { ...points.get(at), [key]: value, at })
  return [...points.values()].sort((a, b) => a.at - b.at)
}
