import {
  concat,
  div,
  matMul,
  maximum,
  mul,
  ones,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  tensor,
  tidy,
  type Tensor,
} from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import { layerNorm } from '../ops/norm.ts'

const EPSILON = 1e-5

/** Parts of a grid along each of its axes. */
const PARTS = 2

/** What tokens are pooled over. */
export interface Places {
  /** Rows and columns in which the T tokens lie. */
  readonly grid: readonly [rows: number, columns: number]
  /** `[B, T]`, 0 = padding; left out if there is none. */
  readonly valid: Tensor | undefined
}

/**
 * One vector for each sample out of those of its tokens, each of which is normalised first, so that none outweighs the
 * others: their mean; mean and standard deviation; or the means of the four quarters of a picture, the two halves of a
 * sequence.
 * @param tokens `[B, T, D]` without the CLS token
 * @returns `[B, F]`: F is D, 2 D, and 4 D or 2 D
 */
export function pool(tokens: Tensor, { grid, valid }: Places, pooling: Config['probePooling']): Tensor {
  return tidy(() => {
    const [batch, count] = tokens.shape
    const normed = layerNorm(tokens, EPSILON)
    const there = valid ?? ones([batch, count])
    switch (pooling) {
      case 'mean':
        return means(normed, there, tensor(new Float32Array(count).fill(1), [1, count]))
      case 'meanStd': {
        const whole = tensor(new Float32Array(count).fill(1), [1, count])
        const centre = means(normed, there, whole)
        const apart = sub(normed, reshape(centre, [batch, 1, -1]))
        return concat([centre, sqrt(means(square(apart), there, whole))], 1)
      }
      case 'parts':
        return means(normed, there, partsOf(grid))
    }
  })
}

/**
 * The mean of those tokens that are in each part, zero where a sample has none there.
 * @param parts `[P, T]`, 1 where a token is in a part
 * @returns `[B, P · D]`
 */
function means(tokens: Tensor, there: Tensor, parts: Tensor): Tensor {
  const [batch, count] = tokens.shape
  const members = mul(reshape(parts, [1, -1, count]), reshape(there, [batch, 1, count]))
  const shares = div(members, maximum(sum(members, 2, true), 1))
  return reshape(matMul(shares, tokens), [batch, -1])
}

/** Which tokens of a grid lie in each of its parts, `[P, T]`. */
function partsOf([rows, columns]: readonly [number, number]): Tensor {
  const down = Math.min(PARTS, rows)
  const across = Math.min(PARTS, columns)
  const partOf = (token: number) =>
    Math.floor((Math.floor(token / columns) * down) / rows) * across +
    Math.floor(((token % columns) * across) / columns)
  const tokens = rows * columns
  const members = new Float32Array(down * across * tokens)
  for (let token = 0; token < tokens; token++) members[partOf(token) * tokens + token] = 1
  return tensor(members, [down * across, tokens])
}
