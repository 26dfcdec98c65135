import {
  add,
  concat,
  matMul,
  mul,
  reshape,
  softmax,
  split,
  sub,
  sum,
  transpose,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernel, runKernels } from './kernels.ts'

export interface AttentionOptions {
  /** `[H, T, T]`, added to the logits of every sample (query = row), or `[B, H, T, T]` with one for each. */
  readonly bias?: Tensor | undefined
  /** `[B, T]`: 0 for tokens that nobody attends to, 1 for the others. Each sample needs one. */
  readonly valid?: Tensor | undefined
}

/** What keeps a token out of a softmax: beside it any other logit is infinitely large in float32. */
const NOBODY = -1e9

/**
 * Multi-head self-attention without its projections.
 * @param qkv `[B, T, 3·D]`: queries, keys and values side by side.
 * @returns `[B, T, D]`
 */
export function attention(qkv: Tensor, heads: number, options: AttentionOptions = {}): Tensor {
  const headWidth = (qkv.shape[2] ?? 0) / 3 / heads
  return hasKernel('Attention') && headWidth <= WIDEST_FUSED
    ? attentionFused(qkv, heads, options)
    : attentionPlain(qkv, heads, options)
}

/**
 * How much each token attends to each: what the values are mixed by. Only for looking at, in the plain form everywhere.
 * @param qkv `[B, T, 3·D]`
 * @returns `[B, H, T, T]`, query = row; each row adds up to 1
 */
export function attentionWeights(qkv: Tensor, heads: number, { bias, valid }: AttentionOptions = {}): Tensor {
  const [query, key] = splitHeads(qkv, 3, heads)
  return weigh(query, key, bias, valid)
}

/** Channels of a head that a GPU's thread can keep in its registers four times over. */
const WIDEST_FUSED = 64

/**
 * The attention weights are never in memory: of each softmax only the logarithm of its sum is kept, and the gradient
 * computes its weights again (Dao et al. 2022).
 */
function attentionFused(qkv: Tensor, heads: number, { bias, valid }: AttentionOptions): Tensor {
  const biases = bias === undefined ? [] : [bias]
  const named = ([bias]: readonly Tensor[]) => (biases.length > 0 ? { bias } : {})
  return differentiable(
    [qkv, ...biases],
    (qkv, ...biases) => {
      const inputs = { qkv, ...named(biases), ...(valid && { valid }) }
      const [mixed, logSums] = runKernels('Attention', inputs, { heads })
      return { value: mixed, saved: [qkv, mixed, logSums, ...biases] }
    },
    (dy, qkv, mixed, logSums, ...biases) => {
      const inputs = { dy, qkv, mixed, logSums, ...named(biases) }
      const [dqkv, dlogits] = runKernels('AttentionGrad', inputs, { heads })
      return [dqkv, ...biases.map(({ rank }) => (rank === 3 ? overSamples(dlogits) : dlogits))]
    },
  )
}

/** `[B, H, T, T]` → `[H, T, T]`, by the kernel that adds up tokens over the samples. */
function overSamples(dlogits: Tensor): Tensor {
  const [batch, ...shape] = dlogits.shape
  const rows = reshape(dlogits, [batch, -1, shape[2] ?? 1])
  return reshape(runKernel('SumSamples', { dy: rows }, { skip: 0 }), shape)
}

function attentionPlain(qkv: Tensor, heads: number, { bias, valid }: AttentionOptions): Tensor {
  return differentiable(
    bias === undefined ? [qkv] : [qkv, bias],
    (qkv, bias) => {
      const [mixed, weights] = mixPlain(qkv, heads, bias, valid)
      return { value: mixed, saved: [qkv, weights] }
    },
    (dy, qkv, weights) => {
      const [dqkv, dlogits] = differentiatePlain(dy, qkv, weights, heads)
      return bias === undefined ? [dqkv] : [dqkv, bias.rank === 3 ? sum(dlogits, 0) : dlogits]
    },
  )
}

/** The mixed values `[B, T, D]`, and the attention weights `[B, H, T, T]`. */
type Mix = (qkv: Tensor, heads: number, bias: Tensor | undefined, valid: Tensor | undefined) => Tensor[]

/** The gradient in qkv `[B, T, 3·D]` and in the logits `[B, H, T, T]`. */
type Differentiate = (dy: Tensor, qkv: Tensor, weights: Tensor, heads: number) => Tensor[]

const mixPlain: Mix = (qkv, heads, bias, valid) => {
  const [query, key, value] = splitHeads(qkv, 3, heads)
  const weights = weigh(query, key, bias, valid)
  return [joinHeads([matMul(weights, value)]), weights]
}

/** The attention weights `[B, H, T, T]` of queries and keys `[B, H, T, D/H]`. */
function weigh(query: Tensor, key: Tensor, bias: Tensor | undefined, valid: Tensor | undefined): Tensor {
  const plain = matMul(mul(query, logitScale(query)), key, false, true)
  const biased = bias === undefined ? plain : add(plain, bias)
  return softmax(valid === undefined ? biased : add(biased, closed(valid)))
}

/** What is added to the logits of each key: `[B, T]` → `[B, 1, 1, T]`. */
function closed(valid: Tensor): Tensor {
  const [batch, tokens = 1] = valid.shape
  return mul(sub(1, reshape(valid, [batch, 1, 1, tokens])), NOBODY)
}

const differentiatePlain: Differentiate = (dy, qkv, weights, heads) => {
  const [query, key, value] = splitHeads(qkv, 3, heads)
  const [gradient] = splitHeads(dy, 1, heads)
  const dweights = matMul(gradient, value, false, true)
  const dlogits = mul(weights, sub(dweights, sum(mul(weights, dweights), -1, true)))
  const scaled = mul(dlogits, logitScale(query))
  const dquery = matMul(scaled, key)
  const dkey = matMul(scaled, query, true, false)
  const dvalue = matMul(weights, gradient, true, false)
  return [joinHeads([dquery, dkey, dvalue]), dlogits]
}

function logitScale(query: Tensor): number {
  return 1 / Math.sqrt(query.shape[3] ?? 1)
}

/** `[B, T, parts·D]` → for each part `[B, H, T, D/H]`. */
function splitHeads(packed: Tensor, parts: number, heads: number): Tensor[] {
  const [batch, tokens, channels] = packed.shape
  const byPart = split(reshape(packed, [batch * tokens, channels]), parts, 1) // of two axes, tfjs splits fastest
  const byHead = [batch, tokens, heads, channels / parts / heads]
  return byPart.map((part) => transpose(reshape(part, byHead), [0, 2, 1, 3]))
}

/** The reverse: `[B, H, T, D/H]` each → `[B, T, parts·D]`. */
function joinHeads(parts: Tensor[]): Tensor {
  const [batch, heads, tokens, headWidth = 1] = parts[0].shape
  const together = transpose(concat(parts, 1), [0, 2, 1, 3])
  return reshape(together, [batch, tokens, parts.length * heads * headWidth])
}
