import type { TensorInfo } from '@tensorflow/tfjs-core'
import { webgpuKernel } from './kernel.ts'
import { runOverRows } from './rows.ts'

interface Attributes {
  readonly heads: number
}

interface Sizes {
  readonly batch: number
  readonly tokens: number
  readonly heads: number
  readonly headWidth: number
}

/** Of `qkv` `[B, T, 3·D]`, which is read in place: queries, keys and values are never transposed. */
function sizesOf(qkv: TensorInfo, { heads }: Attributes): Sizes {
  const [batch, tokens, channels] = qkv.shape
  return { batch, tokens, heads, headWidth: channels / 3 / heads }
}

/** One row, and so one thread, for each token of each head of each sample. */
function rowsOf({ batch, tokens, heads }: Sizes) {
  return { count: batch * heads * tokens, length: 1, stride: 1 }
}

/** Names for what a row works on, and where things lie. `part` is 0 for queries, 1 for keys, 2 for values. */
function prelude({ tokens, heads, headWidth }: Sizes): string {
  const width = heads * headWidth
  return `
  const tokens = ${tokens}u;
  const headWidth = ${headWidth}u;
  const scale = ${1 / Math.sqrt(headWidth)};
  let token = row % tokens;
  let head = row / tokens % ${heads}u;
  let sample = row / ${tokens * heads}u;
  let pairs = row / tokens * tokens * tokens;           // this head's [T, T], query by key
  let packed = sample * tokens * ${3 * width}u + head * headWidth;
  let plain = sample * tokens * ${width}u + head * headWidth;
  const packedStep = ${3 * width}u;                     // from one token to the next in [B, T, 3·D]
  const plainStep = ${width}u;                          // and in [B, T, D]
  const keys = ${width}u;
  const values = ${2 * width}u;`
}

interface MixInputs {
  readonly qkv: TensorInfo
  readonly bias?: TensorInfo
  readonly valid?: TensorInfo
}

/** The logit of a key that nobody attends to. */
type MixAttributes = Attributes & { readonly nobody: number }

/** `qkv`, `bias` (`[H, T, T]`) and `valid` (`[B, T]`), both optional → `[mixed [B, T, D], weights [B, H, T, T]]`. */
export const attentionWebGPU = webgpuKernel<MixInputs, MixAttributes>(
  'Attention',
  (gpu, inputs, attributes) => {
    const { qkv, bias, valid } = inputs
    const sizes = sizesOf(qkv, attributes)
    const { batch, tokens, heads, headWidth } = sizes
    const mixed = gpu.makeTensorInfo([batch, tokens, heads * headWidth], 'float32')
    const weights = gpu.makeTensorInfo([batch, heads, tokens, tokens], 'float32')
    const body = `${prelude(sizes)}
let query = packed + token * packedStep;
let mine = pairs + token * tokens;
var largest = -3.4e38;
for (var j = 0u; j < tokens; j++) {
  let key = packed + keys + j * packedStep;
  var logit = 0.0;
  for (var c = 0u; c < headWidth; c++) { logit += qkv[query + c] * qkv[key + c]; }
  logit *= scale;
  ${bias ? 'logit += bias[(head * tokens + token) * tokens + j];' : ''}
  ${valid ? `if (valid[sample * tokens + j] == 0.0) { logit = ${attributes.nobody}; }` : ''}
  weights[mine + j] = logit;
  largest = max(largest, logit);
}
var total = 0.0;
for (var j = 0u; j < tokens; j++) {
  let e = exp(weights[mine + j] - largest);
  weights[mine + j] = e;
  total += e;
}
for (var j = 0u; j < tokens; j++) { weights[mine + j] /= total; }
for (var c = 0u; c < headWidth; c++) {
  var sum = 0.0;
  for (var j = 0u; j < tokens; j++) { sum += weights[mine + j] * qkv[packed + values + j * packedStep + c]; }
  mixed[plain + token * plainStep + c] = sum;
}`
    const reads = { qkv, ...(bias && { bias }), ...(valid && { valid }) }
    runOverRows(gpu, 'Attention', rowsOf(sizes), reads, { mixed, weights }, body)
    return [mixed, weights]
  },
)

/** `dy` `[B, T, D]`, `qkv`, `weights` → `[dqkv [B, T, 3·D], dlogits [B, H, T, T]]`. */
export const attentionGradWebGPU = webgpuKernel<Record<'dy' | 'qkv' | 'weights', TensorInfo>, Attributes>(
  'AttentionGrad',
  (gpu, inputs, attributes) => {
    const { dy, qkv, weights } = inputs
    const sizes = sizesOf(qkv, attributes)
    const dqkv = gpu.makeTensorInfo(qkv.shape, 'float32')
    const dlogits = gpu.makeTensorInfo(weights.shape, 'float32')
    const rows = rowsOf(sizes)
    const reads = { dy, qkv, weights }
    runOverRows(gpu, 'AttentionGradQuery', rows, reads, { dqkv, dlogits }, prelude(sizes) + QUERY_GRADIENT)
    runOverRows(gpu, 'AttentionGradKey', rows, { ...reads, dlogits }, { dqkv }, prelude(sizes) + KEY_GRADIENT)
    return [dqkv, dlogits]
  },
)

/** A row is a query: the gradient through its softmax, and in the query itself. */
const QUERY_GRADIENT = `
  let mine = pairs + token * tokens;
  let gradient = plain + token * plainStep;
  var mean = 0.0;
  for (var j = 0u; j < tokens; j++) {
    let value = packed + values + j * packedStep;
    var dweight = 0.0;
    for (var c = 0u; c < headWidth; c++) { dweight += dy[gradient + c] * qkv[value + c]; }
    dlogits[mine + j] = dweight;
    mean += weights[mine + j] * dweight;
  }
  for (var j = 0u; j < tokens; j++) { dlogits[mine + j] = weights[mine + j] * (dlogits[mine + j] - mean); }
  for (var c = 0u; c < headWidth; c++) {
    var sum = 0.0;
    for (var j = 0u; j < tokens; j++) { sum += dlogits[mine + j] * qkv[packed + keys + j * packedStep + c]; }
    dqkv[packed + token * packedStep + c] = sum * scale;
  }`

/** A row is a key and its value. */
const KEY_GRADIENT = `
  for (var c = 0u; c < headWidth; c++) {
    var dkey = 0.0;
    var dvalue = 0.0;
    for (var i = 0u; i < tokens; i++) {
      let pair = pairs + i * tokens + token;
      dkey += dlogits[pair] * qkv[packed + i * packedStep + c];
      dvalue += weights[pair] * dy[plain + i * plainStep + c];
    }
    dqkv[packed + keys + token * packedStep + c] = dkey * scale;
    dqkv[packed + values + token * packedStep + c] = dvalue;
  }`
