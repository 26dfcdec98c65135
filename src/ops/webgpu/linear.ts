import type { TensorInfo } from '@tensorflow/tfjs-core'
import { GELU, GELU_SLOPE } from './gelu.ts'
import { matrixOf, transposed, type Epilogue } from './gemm.ts'
import { webgpuKernel } from './kernel.ts'
import { runGemm } from './runGemm.ts'

interface LinearInputs {
  /** `[…, in]` */
  readonly input: TensorInfo
  /** `[out, in]` */
  readonly weight: TensorInfo
  /** `[out]` */
  readonly bias?: TensorInfo
  /** Instead of `bias`: `[out / 3]` for the first and for the last third of the outputs. */
  readonly queryBias?: TensorInfo
  readonly valueBias?: TensorInfo
  /** `[out]` */
  readonly scale?: TensorInfo
  /** `[…, out]` */
  readonly residual?: TensorInfo
}

/**
 * → `[output]`, `[…, out]`: residual + scale · activation(input · weightᵀ + bias). Where there is an activation or a
 * scale, gradients need what was before them: `[output, before]`.
 */
export const linearWebGPU = webgpuKernel<LinearInputs, { activation?: 'gelu' } | undefined>(
  'Linear',
  (gpu, inputs, attributes) => {
    const { input, weight, ...others } = inputs
    const [outputs] = weight.shape
    const activation = attributes?.activation
    const named = Object.entries<TensorInfo>(others)
    const output = gpu.makeTensorInfo([...input.shape.slice(0, -1), outputs], 'float32')
    const before =
      activation === 'gelu' || others.scale ? gpu.makeTensorInfo(output.shape, 'float32') : undefined
    const label = ['Linear', ...(activation ? [activation] : []), ...named.map(([name]) => name)].join(' ')
    const epilogue: Epilogue = {
      inputs: named.map(([name]) => name),
      outputs: before ? ['output', 'before'] : ['output'],
      store: layerEnd(inputs, activation, before !== undefined),
    }
    runGemm(
      gpu,
      { label, a: matrixOf(input), b: transposed(matrixOf(weight)), epilogue },
      { a: input, b: weight, ...others, output, ...(before && { before }) },
    )
    return before ? [output, before] : [output]
  },
)

function layerEnd(
  { bias, queryBias, scale, residual }: LinearInputs,
  activation: 'gelu' | undefined,
  keepsBefore: boolean,
): string {
  return `
  var u = sum${bias ? ' + bias[column]' : ''};
  ${queryBias ? QUERY_AND_VALUE_BIAS : ''}
  ${keepsBefore ? 'before[at] = u;' : ''}
  ${activation === 'gelu' ? `{ ${GELU} u = gelu; }` : ''}
  output[at] = ${residual ? 'residual[at] + ' : ''}u${scale ? ' * scale[column]' : ''};`
}

const QUERY_AND_VALUE_BIAS = `
  let third = COLUMNS / 3u;
  if (column < third) { u += queryBias[column]; }
  if (column >= 2u * third) { u += valueBias[column - 2u * third]; }`

/**
 * `dy` `[…, out]`, `weight` `[out, in]` → the gradient in the input, `[…, in]`. With `before` `[…, in]`, the input was
 * GELU of that, and the gradient is that in `before`.
 */
export const linearGradInputWebGPU = webgpuKernel<{
  dy: TensorInfo
  weight: TensorInfo
  before?: TensorInfo
}>('LinearGradInput', (gpu, { dy, weight, before }) => {
  const dinput = gpu.makeTensorInfo([...dy.shape.slice(0, -1), weight.shape[1]], 'float32')
  const store = before ? `let u = before[at]; ${GELU_SLOPE} dinput[at] = sum * slope;` : 'dinput[at] = sum;'
  runGemm(
    gpu,
    {
      label: before ? 'LinearGradInput gelu' : 'LinearGradInput',
      a: matrixOf(dy),
      b: matrixOf(weight),
      epilogue: { inputs: before ? ['before'] : [], outputs: ['dinput'], store },
    },
    { a: dy, b: weight, ...(before && { before }), dinput },
  )
  return dinput
})

/** Which biases a layer has: none, one for all outputs, or one for the first third and one for the last. */
type Biases = 'none' | 'whole' | 'queryAndValue'

/** `dy` `[…, out]`, `input` `[…, in]` → `[dweight, …dbiases]`, the biases' gradients being sums of `dy`. */
export const linearGradWeightWebGPU = webgpuKernel<
  { dy: TensorInfo; input: TensorInfo },
  { readonly biases: Biases }
>('LinearGradWeight', (gpu, { dy, input }, { biases }) => {
  const a = transposed(matrixOf(dy))
  const b = matrixOf(input)
  const dweight = gpu.makeTensorInfo([a.rows, b.columns], 'float32')
  const rowSums = sumsOf(biases, a.rows)
  const dbiases = rowSums.outputs.map(() => gpu.makeTensorInfo([rowSums.length], 'float32'))
  runGemm(
    gpu,
    {
      label: `LinearGradWeight ${biases}`,
      a,
      b,
      epilogue: {
        inputs: [],
        outputs: ['dweight'],
        store: 'dweight[at] = sum;',
        ...(biases !== 'none' && { rowSums }),
      },
    },
    { a: dy, b: input, dweight, ...Object.fromEntries(rowSums.outputs.map((name, i) => [name, dbiases[i]])) },
  )
  return [dweight, ...dbiases]
})

/** Where the sums of `dy`'s columns go, and how many there are for each bias. */
function sumsOf(biases: Biases, outputs: number): { outputs: string[]; length: number; store: string } {
  const third = outputs / 3
  switch (biases) {
    case 'none':
      return { outputs: [], length: 0, store: '' }
    case 'whole':
      return { outputs: ['dbias'], length: outputs, store: 'dbias[row] = sum;' }
    case 'queryAndValue':
      return {
        outputs: ['dquery', 'dvalue'],
        length: third,
        store: `
  if (row < ${third}u) { dquery[row] = sum; }
  if (row >= ${2 * third}u) { dvalue[row - ${2 * third}u] = sum; }`,
      }
  }
}
