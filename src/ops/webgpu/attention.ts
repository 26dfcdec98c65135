import type { TensorInfo } from '@tensorflow/tfjs-core'
import { keyGradientBody, mixBody, queryGradientBody, type Given } from './attentionBodies.ts'
import { threadsOfHead, type AttentionSizes } from './attentionShader.ts'
import type { GPUBackend } from './tfjs.ts'
import { webgpuKernel } from './kernel.ts'
import { hasQuads } from './quads.ts'
import { runOverRows } from './rows.ts'
import { worksInTeams } from './teams.ts'
import { QUADS } from './wgsl.ts'

interface Attributes {
  readonly heads: number
}

/**
 * Of `qkv` `[B, T, 3·D]`, which is read in place: queries, keys and values are never transposed. On GPUs all threads of
 * a head find in the cache what the first of them has read. Software adapters, which are known by their dear barriers,
 * read it for each thread: there a thread owns two tokens and reads in quads, which makes attention three times as fast.
 */
function sizesOf({ device }: GPUBackend, qkv: TensorInfo, { heads }: Attributes): AttentionSizes {
  const [batch, tokens, channels] = qkv.shape
  const headWidth = channels / 3 / heads
  const vector = headWidth % 4 === 0
  const readsOnce = worksInTeams(device)
  return {
    batch,
    tokens,
    heads,
    headWidth,
    unit: vector ? 'vec4f' : 'f32',
    units: vector ? headWidth / 4 : headWidth,
    owned: readsOnce ? 1 : 2,
    quads: !readsOnce && hasQuads(device),
  }
}

interface MixInputs {
  readonly qkv: TensorInfo
  readonly bias?: TensorInfo
  readonly valid?: TensorInfo
}

/**
 * `qkv`, `bias` (`[H, T, T]` or `[B, H, T, T]`) and `valid` (`[B, T]`), both optional → `[mixed [B, T, D], logSums [B, H, T]]`. With
 * padding, logSums are `[2, B, H, T]`, and the second half says which tokens are valid: of the eight buffers that a
 * shader may use the gradients have none left for it.
 */
export const attentionWebGPU = webgpuKernel<MixInputs, Attributes>('Attention', (gpu, inputs, attributes) => {
  const { qkv, bias, valid } = inputs
  const sizes = sizesOf(gpu, qkv, attributes)
  const { batch, tokens, heads, headWidth } = sizes
  const mixed = gpu.makeTensorInfo([batch, tokens, heads * headWidth], 'float32')
  const logSums = gpu.makeTensorInfo([...(valid ? [2] : []), batch, heads, tokens], 'float32')
  const given = { bias: givenBias(bias), valid: valid !== undefined }
  const read = { qkv, ...(bias && { bias }), ...(valid && { valid }) }
  run(gpu, 'Attention', sizes, read, { mixed, logSums }, mixBody(sizes, given))
  return [mixed, logSums]
})

interface GradInputs {
  readonly qkv: TensorInfo
  readonly bias?: TensorInfo
  readonly dy: TensorInfo
  readonly mixed: TensorInfo
  readonly logSums: TensorInfo
}

/**
 * `dy` and `mixed` `[B, T, D]`, `logSums` as they come out of attention, `qkv` and `bias` → `[dqkv [B, T, 3·D]]`, and
 * with a bias also `dlogits [B, H, T, T]`.
 */
export const attentionGradWebGPU = webgpuKernel<GradInputs, Attributes>(
  'AttentionGrad',
  (gpu, inputs, attributes) => {
    const { dy, qkv, mixed, logSums, bias } = inputs
    const sizes = sizesOf(gpu, qkv, attributes)
    const { batch, tokens, heads } = sizes
    const dqkv = gpu.makeTensorInfo(qkv.shape, 'float32')
    const drops = gpu.makeTensorInfo([batch, heads, tokens], 'float32')
    const dlogits = bias && gpu.makeTensorInfo([batch, heads, tokens, tokens], 'float32')
    const given = { bias: givenBias(bias), valid: logSums.shape.length === 4 }
    const optional = bias && { bias }
    const queryReads = { dy, qkv, mixed, logSums, ...optional }
    const queryWrites = { dqkv, drops, ...(dlogits && { dlogits }) }
    run(gpu, 'AttentionGradQuery', sizes, queryReads, queryWrites, queryGradientBody(sizes, given))
    const keyReads = { dy, qkv, logSums, drops, ...optional }
    run(gpu, 'AttentionGradKey', sizes, keyReads, { dqkv }, keyGradientBody(sizes, given))
    gpu.disposeData(drops.dataId)
    return dlogits ? [dqkv, dlogits] : [dqkv]
  },
)

function givenBias(bias: TensorInfo | undefined): Given['bias'] {
  if (bias === undefined) return 'none'
  return bias.shape.length === 3 ? 'shared' : 'each'
}

type Tensors = Readonly<Record<string, TensorInfo>>

function run(
  gpu: GPUBackend,
  name: string,
  sizes: AttentionSizes,
  inputs: Tensors,
  outputs: Tensors,
  body: string,
): void {
  const { batch, heads, unit, quads } = sizes
  const rows = { count: batch * heads * threadsOfHead(sizes), length: 1, stride: 1 }
  const types = { dy: unit, qkv: unit, mixed: unit, dqkv: unit }
  runOverRows(gpu, name, rows, inputs, outputs, body, types, quads ? QUADS : '')
}
