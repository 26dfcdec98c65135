/**
 * Where the tokens of masked views go (data2vec 2.0, spec §7). Tokens are counted through all views, `[V·T]`; only the
 * visible ones go through the student. V views have K visible tokens each.
 */
export interface ViewOrder {
  /** Visible tokens of each view, K. */
  readonly visible: number
  /** `[V·K]`: the visible tokens of all views. */
  readonly seen: Float32Array
  /** `[V·(T − K)]`: the hidden ones. */
  readonly hidden: Float32Array
  /** `[V·T]`: where each token stands once the visible ones come first, the hidden ones after them. */
  readonly rank: Float32Array
  /** `[V, K]`: the place of each visible token in its own view. */
  readonly places: Float32Array
}

/**
 * @param mask `[V, T]`, 1 = hidden, equally often in each view
 * @param tokens T
 * @throws an Error where views hide differently many: they could not be computed together
 */
export function viewOrder(mask: ArrayLike<number>, tokens: number): ViewOrder {
  const all = Array.from({ length: mask.length }, (_, token) => token)
  const seen = all.filter((token) => mask[token] === 0)
  const hidden = all.filter((token) => mask[token] !== 0)
  const visible = (seen.length * tokens) / mask.length
  const isEven = seen.every((token, i) => Math.floor(token / tokens) === Math.floor(i / visible))
  if (!Number.isInteger(visible) || !isEven)
    throw new Error('All views of a batch have to hide equally many tokens.')
  const rank = new Float32Array(mask.length)
  ;[...seen, ...hidden].forEach((token, i) => (rank[token] = i))
  return {
    visible,
    seen: Float32Array.from(seen),
    hidden: Float32Array.from(hidden),
    rank,
    places: Float32Array.from(seen, (token) => token % tokens),
  }
}
