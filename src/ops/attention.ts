import { add, matMul, mul, reshape, softmax, transpose, unstack, type Tensor } from '@tensorflow/tfjs-core'

/**
 * Multi-head self-attention without its projections.
 * @param qkv `[B, T, 3·D]`: queries, keys and values side by side.
 * @param bias `[H, T, T]`, added to the logits of every sample (query = row), if given.
 * @returns `[B, T, D]`
 */
export function attention(qkv: Tensor, heads: number, bias?: Tensor): Tensor {
  const [batch, tokens, channels] = qkv.shape
  const headWidth = channels / 3 / heads
  const byHead = transpose(reshape(qkv, [batch, tokens, 3, heads, headWidth]), [2, 0, 3, 1, 4])
  const [query, key, value] = unstack(byHead)
  const logits = matMul(mul(query, 1 / Math.sqrt(headWidth)), key, false, true)
  const weights = softmax(bias === undefined ? logits : add(logits, bias))
  const mixed = transpose(matMul(weights, value), [0, 2, 1, 3])
  return reshape(mixed, [batch, tokens, channels / 3])
}
