import { add, concat, mul, reshape, sub, zeros, type Tensor } from '@tensorflow/tfjs-core'

export function maskTokens(tokens: Tensor, mask: Tensor, maskToken: Tensor): Tensor {
  const masked = reshape(mask, [...mask.shape, 1])
  return add(mul(tokens, sub(1, masked)), mul(masked, maskToken))
}

export function zeroPadding(tokens: Tensor, valid: Tensor | undefined): Tensor {
  return valid === undefined ? tokens : mul(tokens, reshape(valid, [...valid.shape, 1]))
}

export function placeTokens(
  tokens: Tensor,
  { positions, cls }: { positions?: Tensor | undefined; cls?: Tensor | undefined },
): Tensor {
  const placed = positions === undefined ? tokens : add(tokens, positions)
  if (cls === undefined) return placed
  return concat([add(zeros([tokens.shape[0], 1, tokens.shape[2] ?? 1]), cls), placed], 1)
}
