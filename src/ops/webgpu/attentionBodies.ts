import {
  attentionBody,
  eachOfChunk,
  eachPair,
  eachUnit,
  joined,
  openTokens,
  read,
  sumOf,
  times,
  type AttentionSizes,
} from './attentionShader.ts'
import { each } from './wgsl.ts'

/** Which of the inputs that may be left out are there. */
export interface Given {
  /** Of a head alone, or of each sample, too. */
  readonly bias: 'none' | 'shared' | 'each'
  readonly valid: boolean
}

/** Far below any logit, and still finite. */
const NOBODY = '-1e30'

/** A unit of one of the vectors of a token, or of the gradient in it. */
type Vector = (token: string, unit: number, array?: string) => string

const query: Vector = (token, unit, array = 'qkv') => `${array}[packed + ${token} * packedStep + ${unit}u]`
const key: Vector = (token, unit, array) => query(`keys + ${token}`, unit, array)
const value: Vector = (token, unit, array) => query(`values + ${token}`, unit, array)
const mixed: Vector = (token, unit, array = 'mixed') => `${array}[plain + ${token} * plainStep + ${unit}u]`
const gradient: Vector = (token, unit) => mixed(token, unit, 'dy')

/** The weighted mean of the values: a thread owns queries. */
export function mixBody(sizes: AttentionSizes, { bias, valid }: Given): string {
  const { owned, units, unit } = sizes
  return attentionBody(sizes, {
    before: each(
      owned,
      (own) => `
  ${each(units, (u) => `let q${own}_${u} = ${query(`own${own}`, u)} * scale; var sum${own}_${u} = ${unit}();`)}
  var largest${own} = ${NOBODY};
  var total${own} = 0.0;`,
    ),
    inLoop: `
    ${openTokens(sizes, valid ? isValid : undefined)}
    ${valid ? `if (!(${joined((c) => `open${c}`, either)})) { continue; }` : ''}
    ${eachPair(sizes, (own, c) => `var logit${own}_${c} = ${biasOf(bias, `own${own}`, `token${c}`)};`)}
    ${eachUnit(sizes, { k: key }, (u) =>
      eachPair(sizes, (own, c) => `logit${own}_${c} += ${times(sizes, `q${own}_${u}`, `k${c}`)};`),
    )}
    ${eachPair(sizes, (own, c) => `logit${own}_${c} = select(${NOBODY}, logit${own}_${c}, open${c});`)}
    // The sums so far are those of smaller exponents, once a larger one is met.
    ${each(
      owned,
      (own) => `let raised${own} = max(largest${own}, ${joined((c) => `logit${own}_${c}`, larger)});
    let shrink${own} = exp(largest${own} - raised${own});
    largest${own} = raised${own};
    ${eachOfChunk((c) => `let weight${own}_${c} = exp(logit${own}_${c} - raised${own});`)}
    total${own} = total${own} * shrink${own} + ${sumOf((c) => `weight${own}_${c}`)};`,
    )}
    ${eachUnit(sizes, { v: value }, (u) =>
      each(
        owned,
        (own) =>
          `sum${own}_${u} = sum${own}_${u} * shrink${own} + ${sumOf((c) => `weight${own}_${c} * v${c}`)};`,
      ),
    )}`,
    after: (own) => `
    ${each(units, (u) => `${mixed(`own${own}`, u)} = sum${own}_${u} / total${own};`)}
    logSums[rows + own${own}] = largest${own} + log(total${own});
    ${valid ? `${noted(sizes, `own${own}`)} = valid[sample * tokens + own${own}];` : ''}`,
  })
}

/** The gradient in queries, which a thread owns, and what their softmax takes off the gradient of each weight. */
export function queryGradientBody(sizes: AttentionSizes, { bias, valid }: Given): string {
  const { owned, units, unit } = sizes
  return attentionBody(sizes, {
    before: each(
      owned,
      (own) => `
  var drop${own} = 0.0;
  ${each(
    units,
    (u) => `let q${own}_${u} = ${query(`own${own}`, u)} * scale;
  let d${own}_${u} = ${gradient(`own${own}`, u)};
  drop${own} += ${times(sizes, `d${own}_${u}`, mixed(`own${own}`, u))};
  var sum${own}_${u} = ${unit}();`,
  )}
  let logSum${own} = logSums[rows + own${own}];`,
    ),
    inLoop: `
    ${openTokens(sizes, valid ? wasValid(sizes) : undefined)}
    ${eachPair(
      sizes,
      (own, c) =>
        `var logit${own}_${c} = ${biasOf(bias, `own${own}`, `token${c}`)}; var dweight${own}_${c} = 0.0;`,
    )}
    ${eachUnit(sizes, { k: key, v: value }, (u) =>
      eachPair(
        sizes,
        (own, c) => `logit${own}_${c} += ${times(sizes, `q${own}_${u}`, `k${c}`)};
    dweight${own}_${c} += ${times(sizes, `d${own}_${u}`, `v${c}`)};`,
      ),
    )}
    ${eachPair(
      sizes,
      (own, c) => `let dlogit${own}_${c} =
      select(0.0, exp(logit${own}_${c} - logSum${own}) * (dweight${own}_${c} - drop${own}), open${c});`,
    )}
    ${bias === 'none' ? '' : eachPair(sizes, storeLogitGradient)}
    ${eachUnit(sizes, { k: key }, (u) =>
      each(owned, (own) => `sum${own}_${u} += ${sumOf((c) => `dlogit${own}_${c} * k${c}`)};`),
    )}`,
    after: (own) => `
    ${each(units, (u) => `${query(`own${own}`, u, 'dqkv')} = sum${own}_${u} * scale;`)}
    drops[rows + own${own}] = drop${own};`,
  })
}

function storeLogitGradient(own: number, c: number): string {
  return `if (first + ${own}u < tokens && j + ${c}u < tokens) {
      dlogits[(rows + own${own}) * tokens + token${c}] = dlogit${own}_${c};
    }`
}

/** The gradient in keys and values: a thread owns some, and meets queries. */
export function keyGradientBody(sizes: AttentionSizes, { bias, valid }: Given): string {
  const { owned, units, unit } = sizes
  return attentionBody(sizes, {
    before: each(
      owned,
      (own) => `
  ${each(
    units,
    (u) => `let k${own}_${u} = ${key(`own${own}`, u)} * scale; var dk${own}_${u} = ${unit}();
  let v${own}_${u} = ${value(`own${own}`, u)}; var dv${own}_${u} = ${unit}();`,
  )}
  ${valid ? `let seen${own} = ${wasValid(sizes)(`own${own}`)};` : `const seen${own} = true;`}`,
    ),
    inLoop: `
    ${openTokens(sizes)}
    ${read(sizes, 'logSum', (token) => `logSums[rows + ${token}]`)}
    ${read(sizes, 'drop', (token) => `drops[rows + ${token}]`)}
    ${eachPair(
      sizes,
      (own, c) =>
        `var logit${own}_${c} = ${biasOf(bias, `token${c}`, `own${own}`)}; var dweight${own}_${c} = 0.0;`,
    )}
    ${eachUnit(sizes, { q: query, d: gradient }, (u) =>
      eachPair(
        sizes,
        (own, c) => `logit${own}_${c} += ${times(sizes, `k${own}_${u}`, `q${c}`)};
    dweight${own}_${c} += ${times(sizes, `v${own}_${u}`, `d${c}`)};`,
      ),
    )}
    ${eachPair(
      sizes,
      (
        own,
        c,
      ) => `let weight${own}_${c} = select(0.0, exp(logit${own}_${c} - logSum${c}), open${c} && seen${own});
    let dlogit${own}_${c} = weight${own}_${c} * (dweight${own}_${c} - drop${c});`,
    )}
    ${eachUnit(sizes, { q: query, d: gradient }, (u) =>
      each(
        owned,
        (own) => `dk${own}_${u} += ${sumOf((c) => `dlogit${own}_${c} * q${c}`)};
    dv${own}_${u} += ${sumOf((c) => `weight${own}_${c} * d${c}`)};`,
      ),
    )}`,
    after: (own) =>
      each(
        units,
        (u) => `${key(`own${own}`, u, 'dqkv')} = dk${own}_${u} * scale;
    ${value(`own${own}`, u, 'dqkv')} = dv${own}_${u};`,
      ),
  })
}

/** Whether a token is no padding, as an expression of the input. */
const isValid = (token: string) => `valid[sample * tokens + ${token}] != 0.0`

/** Where attention notes the same for its gradients: behind the sums' logarithms. */
function noted({ batch, heads, tokens }: AttentionSizes, token: string): string {
  return `logSums[${batch * heads * tokens}u + rows + ${token}]`
}

const wasValid = (sizes: AttentionSizes) => (token: string) => `${noted(sizes, token)} != 0.0`

function biasOf(bias: Given['bias'], query: string, key: string): string {
  if (bias === 'none') return '0.0'
  const firstRow = bias === 'shared' ? 'head * tokens' : 'rows'
  return `bias[(${firstRow} + ${query}) * tokens + ${key}]`
}

const either = (a: string, b: string) => `${a} || ${b}`
const larger = (a: string, b: string) => `max(${a}, ${b})`
