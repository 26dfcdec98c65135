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
  /** What a thread loads at a time: four channels of a head where they are whole fours. */
  readonly unit: 'vec4f' | 'f32'
  /** Units of a head. */
  readonly units: number
  readonly headWidth: number
}

/** Of `qkv` `[B, T, 3·D]`, which is read in place: queries, keys and values are never transposed. */
function sizesOf(qkv: TensorInfo, { heads }: Attributes): Sizes {
  const [batch, tokens, channels] = qkv.shape
  const headWidth = channels / 3 / heads
  return headWidth % 4 === 0
    ? { batch, tokens, heads, headWidth, unit: 'vec4f', units: headWidth / 4 }
    : { batch, tokens, heads, headWidth, unit: 'f32', units: headWidth }
}

/** One row, and so one thread, for each token of each head of each sample: those of a head read the same keys. */
function rowsOf({ batch, tokens, heads }: Sizes) {
  return { count: batch * heads * tokens, length: 1, stride: 1 }
}

/** A line for each unit of a head, all in registers. */
function each({ units }: Sizes, line: (unit: number) => string): string {
  return Array.from({ length: units }, (_, unit) => line(unit)).join('\n    ')
}

/** The product of two vectors of units, each the name of its registers or a place in an array. */
function product(sizes: Sizes, a: (unit: number) => string, b: (unit: number) => string): string {
  const terms = Array.from({ length: sizes.units }, (_, unit) =>
    sizes.unit === 'f32' ? `${a(unit)} * ${b(unit)}` : `dot(${a(unit)}, ${b(unit)})`,
  )
  return terms.join(' + ')
}

/** Names for what a row works on, and where things lie, counted in units. */
function prelude({ tokens, heads, units, headWidth }: Sizes): string {
  const width = heads * units
  return `
  const tokens = ${tokens}u;
  const scale = ${1 / Math.sqrt(headWidth)};
  let token = row % tokens;
  let head = row / tokens % ${heads}u;
  let sample = row / ${tokens * heads}u;
  let rows = row - token;                               // of this head, one a token
  let packed = sample * tokens * ${3 * width}u + head * ${units}u;
  let plain = sample * tokens * ${width}u + head * ${units}u;
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

/** `qkv`, `bias` (`[H, T, T]`) and `valid` (`[B, T]`), both optional → `[mixed [B, T, D], logSums [B, H, T]]`. */
export const attentionWebGPU = webgpuKernel<MixInputs, Attributes>('Attention', (gpu, inputs, attributes) => {
  const { qkv, bias, valid } = inputs
  const sizes = sizesOf(qkv, attributes)
  const { batch, tokens, heads, headWidth, unit } = sizes
  const mixed = gpu.makeTensorInfo([batch, tokens, heads * headWidth], 'float32')
  const logSums = gpu.makeTensorInfo([batch, heads, tokens], 'float32')
  const body = `${prelude(sizes)}
  let query = packed + token * packedStep;
  ${each(sizes, (u) => `let q${u} = qkv[query + ${u}u] * scale; var sum${u} = ${unit}();`)}
  var largest = -3.4e38;
  var total = 0.0;
  for (var j = 0u; j < tokens; j++) {
    ${skipPadding(valid, 'j')}
    let key = packed + keys + j * packedStep;
    let logit = ${product(
      sizes,
      (u) => `q${u}`,
      (u) => `qkv[key + ${u}u]`,
    )}${addBias(bias, 'token', 'j')};
    // The sums so far are those of smaller exponents, once a larger one is met.
    let raised = max(largest, logit);
    let shrink = exp(largest - raised);
    let weight = exp(logit - raised);
    largest = raised;
    total = total * shrink + weight;
    let value = packed + values + j * packedStep;
    ${each(sizes, (u) => `sum${u} = sum${u} * shrink + weight * qkv[value + ${u}u];`)}
  }
  let to = plain + token * plainStep;
  ${each(sizes, (u) => `mixed[to + ${u}u] = sum${u} / total;`)}
  logSums[row] = largest + log(total);`
  const reads = { qkv, ...(bias && { bias }), ...(valid && { valid }) }
  runOverRows(gpu, 'Attention', rowsOf(sizes), reads, { mixed, logSums }, body, { qkv: unit, mixed: unit })
  return [mixed, logSums]
})

interface GradInputs extends MixInputs {
  readonly dy: TensorInfo
  readonly mixed: TensorInfo
  readonly logSums: TensorInfo
}

/**
 * `dy` and `mixed` `[B, T, D]`, `logSums` `[B, H, T]`, and the inputs → `[dqkv [B, T, 3·D]]`, and with a bias also
 * `dlogits [B, H, T, T]`.
 */
export const attentionGradWebGPU = webgpuKernel<GradInputs, Attributes>(
  'AttentionGrad',
  (gpu, inputs, attributes) => {
    const { dy, qkv, mixed, logSums, bias, valid } = inputs
    const sizes = sizesOf(qkv, attributes)
    const { batch, tokens, heads, unit } = sizes
    const dqkv = gpu.makeTensorInfo(qkv.shape, 'float32')
    const drops = gpu.makeTensorInfo([batch, heads, tokens], 'float32')
    const dlogits = bias && gpu.makeTensorInfo([batch, heads, tokens, tokens], 'float32')
    const rows = rowsOf(sizes)
    const optional = { ...(bias && { bias }), ...(valid && { valid }) }
    const types = { dy: unit, qkv: unit, mixed: unit, dqkv: unit }
    const written = { dqkv, drops, ...(dlogits && { dlogits }) }
    const ofQuery = queryGradient(sizes, inputs)
    runOverRows(
      gpu,
      'AttentionGradQuery',
      rows,
      { dy, qkv, mixed, logSums, ...optional },
      written,
      ofQuery,
      types,
    )
    const ofKey = keyGradient(sizes, inputs)
    runOverRows(
      gpu,
      'AttentionGradKey',
      rows,
      { dy, qkv, logSums, drops, ...optional },
      { dqkv },
      ofKey,
      types,
    )
    gpu.disposeData(drops.dataId)
    return dlogits ? [dqkv, dlogits] : [dqkv]
  },
)

/** A row is a query: what its softmax takes off each weight's gradient, and the gradient in the query itself. */
function queryGradient(sizes: Sizes, { bias, valid }: GradInputs): string {
  return `${prelude(sizes)}
  let query = packed + token * packedStep;
  let at = plain + token * plainStep;
  ${each(sizes, (u) => `let q${u} = qkv[query + ${u}u]; let d${u} = dy[at + ${u}u]; var sum${u} = ${sizes.unit}();`)}
  let drop = ${product(
    sizes,
    (u) => `d${u}`,
    (u) => `mixed[at + ${u}u]`,
  )};
  drops[row] = drop;
  for (var j = 0u; j < tokens; j++) {
    ${skipPadding(valid, 'j', bias && 'dlogits[row * tokens + j] = 0.0;')}
    let key = packed + keys + j * packedStep;
    let value = packed + values + j * packedStep;
    let logit = (${product(
      sizes,
      (u) => `q${u}`,
      (u) => `qkv[key + ${u}u]`,
    )}) * scale${addBias(bias, 'token', 'j')};
    let dweight = ${product(
      sizes,
      (u) => `d${u}`,
      (u) => `qkv[value + ${u}u]`,
    )};
    let dlogit = exp(logit - logSums[row]) * (dweight - drop);
    ${bias ? 'dlogits[row * tokens + j] = dlogit;' : ''}
    ${each(sizes, (u) => `sum${u} += dlogit * qkv[key + ${u}u];`)}
  }
  ${each(sizes, (u) => `dqkv[query + ${u}u] = sum${u} * scale;`)}`
}

/** A row is a key and its value. */
function keyGradient(sizes: Sizes, { bias, valid }: GradInputs): string {
  return `${prelude(sizes)}
  let key = packed + keys + token * packedStep;
  let value = packed + values + token * packedStep;
  ${each(
    sizes,
    (u) => `let k${u} = qkv[key + ${u}u]; let v${u} = qkv[value + ${u}u];
    var dk${u} = ${sizes.unit}(); var dv${u} = ${sizes.unit}();`,
  )}
  ${valid ? 'let seen = select(tokens, 0u, valid[sample * tokens + token] == 0.0);' : 'const seen = tokens;'}
  for (var i = 0u; i < seen; i++) {
    let query = packed + i * packedStep;
    let at = plain + i * plainStep;
    let logit = (${product(
      sizes,
      (u) => `qkv[query + ${u}u]`,
      (u) => `k${u}`,
    )}) * scale${addBias(bias, 'i', 'token')};
    let dweight = ${product(
      sizes,
      (u) => `dy[at + ${u}u]`,
      (u) => `v${u}`,
    )};
    let weight = exp(logit - logSums[rows + i]);
    let dlogit = weight * (dweight - drops[rows + i]);
    ${each(sizes, (u) => `dk${u} += dlogit * qkv[query + ${u}u]; dv${u} += weight * dy[at + ${u}u];`)}
  }
  ${each(sizes, (u) => `dqkv[key + ${u}u] = dk${u} * scale; dqkv[value + ${u}u] = dv${u};`)}`
}

/** Nobody attends to padding. */
function skipPadding(valid: TensorInfo | undefined, token: string, first = ''): string {
  return valid ? `if (valid[sample * tokens + ${token}] == 0.0) { ${first} continue; }` : ''
}

function addBias(bias: TensorInfo | undefined, query: string, key: string): string {
  return bias ? ` + bias[(head * tokens + ${query}) * tokens + ${key}]` : ''
}
