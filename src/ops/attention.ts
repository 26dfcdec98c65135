import {
  add,
  matMul,
  mul,
  reshape,
  softmax,
  stack,
  sub,
  sum,
  transpose,
  unstack,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { differentiable } from './differentiable.ts'
import { hasKernel, runKernels } from './kernels.ts'

/**
 * Multi-head self-attention without its projections.
 * @param qkv `[B, T, 3·D]`: queries, keys and values side by side.
 * @param bias `[H, T, T]`, added to the logits of every sample (query = row), if given.
 * @returns `[B, T, D]`
 */
export function attention(qkv: Tensor, heads: number, bias?: Tensor): Tensor {
  const fused = hasKernel('Attention')
  const [mix, differentiate] = fused ? [mixFused, differentiateFused] : [mixPlain, differentiatePlain]
  return differentiable(
    bias === undefined ? [qkv] : [qkv, bias],
    (qkv, bias) => {
      const [mixed, weights] = mix(qkv, heads, bias)
      return { value: mixed, saved: [qkv, weights] }
    },
    (dy, qkv, weights) => {
      const [dqkv, dlogits] = differentiate(dy, qkv, weights, heads)
      return bias === undefined ? [dqkv] : [dqkv, sum(dlogits, 0)]
    },
  )
}

/** The mixed values `[B, T, D]`, and the attention weights `[B, H, T, T]`. */
type Mix = (qkv: Tensor, heads: number, bias: Tensor | undefined) => Tensor[]

/** The gradient in qkv `[B, T, 3·D]` and in the logits `[B, H, T, T]`. */
type Differentiate = (dy: Tensor, qkv: Tensor, weights: Tensor, heads: number) => Tensor[]

const mixPlain: Mix = (qkv, heads, bias) => {
  const [query, key, value] = splitHeads(qkv, 3, heads)
  const logits = matMul(mul(query, logitScale(query)), key, false, true)
  const weights = softmax(bias === undefined ? logits : add(logits, bias))
  return [joinHeads([matMul(weights, value)]), weights]
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

const mixFused: Mix = (qkv, heads, bias) => runKernels('Attention', { qkv, ...(bias && { bias }) }, { heads })

const differentiateFused: Differentiate = (dy, qkv, weights, heads) =>
  runKernels('AttentionGrad', { dy, qkv, weights }, { heads })

function logitScale(query: Tensor): number {
  return 1 / Math.sqrt(query.shape[3] ?? 1)
}

/** `[B, T, parts·D]` → for each part `[B, H, T, D/H]`. */
function splitHeads(packed: Tensor, parts: number, heads: number): Tensor[] {
  const [batch, tokens, channels] = packed.shape
  const byHead = reshape(packed, [batch, tokens, parts, heads, channels / parts / heads])
  return unstack(transpose(byHead, [2, 0, 3, 1, 4]))
}

/** The reverse: `[B, H, T, D/H]` each → `[B, T, parts·D]`. */
function joinHeads(parts: Tensor[]): Tensor {
  const [batch, heads, tokens, headWidth = 1] = parts[0].shape
  const together = transpose(stack(parts), [1, 3, 0, 2, 4])
  return reshape(together, [batch, tokens, parts.length * heads * headWidth])
}
