import { each } from './wgsl.ts'

/** Tokens that a thread meets at a time. */
const CHUNK = 4

/** What an attention kernel is written for. */
export interface AttentionSizes {
  readonly batch: number
  readonly tokens: number
  readonly heads: number
  readonly headWidth: number
  /** What is loaded at a time: four channels of a head where they are whole fours. */
  readonly unit: 'vec4f' | 'f32'
  /** Units of a head. */
  readonly units: number
  /** Neighbouring tokens that a thread works for: what it reads of the others serves them all. */
  readonly owned: number
  /** Whether four threads read one token each of a chunk and hand it round, rather than each of them all four. */
  readonly quads: boolean
}

/** Threads of one head of one sample: in whole quads, so that none of them meets two heads. */
export function threadsOfHead({ tokens, owned, quads }: AttentionSizes): number {
  const threads = Math.ceil(tokens / owned)
  return quads ? Math.ceil(threads / 4) * 4 : threads
}

/** What a thread does with `own0`, … and, in a loop over all tokens of its head, with `token0`, … of each chunk. */
interface Work {
  readonly before: string
  readonly inLoop: string
  /** For the owned token `own`, whose registers have the number that is given. */
  readonly after: (own: number) => string
}

/** The body of a kernel that runs over rows, each of them a thread's tokens. */
export function attentionBody(sizes: AttentionSizes, { before, inLoop, after }: Work): string {
  const { tokens, heads, units, headWidth, owned, quads } = sizes
  const threads = threadsOfHead(sizes)
  return `
  const tokens = ${tokens}u;
  const scale = f32(${1 / Math.sqrt(headWidth)});
  const packedStep = ${3 * heads * units}u; // units from one token to the next in [B, T, 3·D]
  const plainStep = ${heads * units}u; // and in [B, T, D]
  const keys = ${heads * units}u;
  const values = ${2 * heads * units}u;
  let head = row / ${threads}u % ${heads}u;
  let sample = row / ${threads * heads}u;
  let rows = (sample * ${heads}u + head) * tokens; // where the head begins in [B, H, T]
  let packed = sample * tokens * packedStep + head * ${units}u;
  let plain = sample * tokens * plainStep + head * ${units}u;
  let first = row % ${threads}u * ${owned}u;
  // Past the end the last token is read again, and not written.
  ${each(owned, (own) => `let own${own} = min(first + ${own}u, tokens - 1u);`)}
  ${before}
  for (var j = 0u; j < tokens; j += ${CHUNK}u) {
    ${each(CHUNK, (c) => `let token${c} = min(j + ${c}u, tokens - 1u);`)}
    ${quads ? 'let mine = min(j + (thread & 3u), tokens - 1u);' : ''}
    ${inLoop}
  }
  ${each(owned, (own) => `if (first + ${own}u < tokens) { ${after(own)} }`)}`
}

/** A line for each owned token and each of a chunk. */
export function eachPair({ owned }: AttentionSizes, line: (own: number, c: number) => string): string {
  return each(owned, (own) => eachOfChunk((c) => line(own, c)))
}

export function eachOfChunk(line: (c: number) => string): string {
  return each(CHUNK, line)
}

/** One expression of what there is for each token of a chunk. */
export function joined(part: (c: number) => string, join: (a: string, b: string) => string): string {
  return Array.from({ length: CHUNK }, (_, c) => part(c)).reduce(join)
}

export function sumOf(part: (c: number) => string): string {
  return joined(part, (a, b) => `${a} + ${b}`)
}

/**
 * Reads something of each token of a chunk: `name0`, `name1`, …
 * @param value its expression, given the token's
 */
export function read({ quads }: AttentionSizes, name: string, value: (token: string) => string): string {
  return quads
    ? `let ${name} = ${value('mine')}; ${eachOfChunk((c) => `let ${name}${c} = quadBroadcast(${name}, ${c}u);`)}`
    : eachOfChunk((c) => `let ${name}${c} = ${value(`token${c}`)};`)
}

/** A block for each of a head's units, in which vectors of the chunk's tokens are read. */
export function eachUnit(
  sizes: AttentionSizes,
  vectors: Readonly<Record<string, (token: string, unit: number) => string>>,
  lines: (unit: number) => string,
): string {
  const reads = (u: number) =>
    Object.entries(vectors).map(([name, vector]) => read(sizes, name, (token) => vector(token, u)))
  return each(sizes.units, (u) => `{ ${reads(u).join('\n')}\n${lines(u)} }`)
}

/** Part of a scalar product: that of two units. */
export function times({ unit }: AttentionSizes, a: string, b: string): string {
  return unit === 'f32' ? `${a} * ${b}` : `dot(${a}, ${b})`
}

/**
 * Which tokens of a chunk count, where that is not all of them: `open0`, …
 * @param isValid an expression that tells whether a token is no padding; left out where there is none
 */
export function openTokens({ tokens }: AttentionSizes, isValid?: (token: string) => string): string {
  if (tokens % CHUNK === 0 && !isValid) return eachOfChunk((c) => `const open${c} = true;`)
  return eachOfChunk(
    (c) => `let open${c} = j + ${c}u < tokens${isValid ? ` && ${isValid(`token${c}`)}` : ''};`,
  )
}
