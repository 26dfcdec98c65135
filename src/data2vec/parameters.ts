import { util } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import {
  linearParameters,
  normParameters,
  pytorchDefault,
  type Initializer,
  type ParameterSpec,
} from '../ops/parameters.ts'
import type { Random } from '../ops/random.ts'
import { decoderParameters } from './decoder.ts'
import { headParameters } from './head.ts'
import { relativeTableSize } from './positions.ts'

const ZEROS: Initializer = { kind: 'constant', value: 0 }

/** Every trainable tensor of the network behind the feature encoder, in the order of the forward pass. */
export function encoderParameters(config: Config, grid: readonly [number, number]): ParameterSpec[] {
  const { width, depth, normPlacement } = config
  const normal: Initializer = { kind: 'normal', std: config.initStd }
  const specs: ParameterSpec[] = []
  if (config.method === '1') specs.push({ name: 'mask_token', shape: [1, width], init: normal })
  if (config.clsToken) specs.push({ name: 'cls_token', shape: [1, width], init: normal })
  specs.push(...positionParameters(config, grid))
  if (usesAlibi(config))
    specs.push({ name: 'alibi.scale', shape: [config.heads], init: { kind: 'constant', value: 1 } })
  if (normPlacement === 'embedded') specs.push(...normParameters('embedding_norm', width))
  for (let block = 0; block < depth; block++) specs.push(...blockParameters(block, config))
  specs.push(...normParameters('norm', width))
  const head = { name: 'head', inputs: width, outputs: width }
  const start = () => ({ weight: normal, bias: ZEROS })
  specs.push(
    ...(config.method === '1' ? headParameters(head, config, start) : decoderParameters(config, grid)),
  )
  return specs
}

export function usesRelativeBias({ positions }: Config): boolean {
  return positions === 'relative' || positions === 'both'
}

export function usesAlibi({ method, alibi }: Pick<Config, 'method' | 'alibi'>): boolean {
  return method === '2' && alibi
}

export function usesSinCos({ positions }: Config): boolean {
  return positions === 'sincos' || positions === 'both'
}

function positionParameters(config: Config, grid: readonly [number, number]): ParameterSpec[] {
  const { positions, width, heads, initStd } = config
  if (usesRelativeBias(config))
    return [{ name: 'relative_position.table', shape: [relativeTableSize(grid), heads], init: ZEROS }]
  if (positions === 'learned')
    return [
      { name: 'positions.weight', shape: [grid[0] * grid[1], width], init: { kind: 'normal', std: initStd } },
    ]
  return positions === 'conv' ? positionConvParameters(config) : []
}

function positionConvParameters(config: Config): ParameterSpec[] {
  const { width, positionLayers, positionKernel, positionGroups } = config
  const channels = width / positionGroups
  const init = pytorchDefault(channels * positionKernel)
  return Array.from({ length: positionLayers }, (_, i): ParameterSpec[] => [
    { name: `position_conv.${i}.weight`, shape: [width, channels, positionKernel], init },
    { name: `position_conv.${i}.bias`, shape: [width], init },
  ]).flat()
}

function blockParameters(index: number, config: Config): ParameterSpec[] {
  const { width, layerScale, initStd } = config
  const block = `blocks.${index}`
  const normal: Initializer = { kind: 'normal', std: initStd }
  // As BEiT starts them (spec §3.3): the residual stream keeps its size however many blocks add to it.
  const output: Initializer = config.scaledInit
    ? { kind: 'normal', std: initStd / Math.sqrt(2 * (index + 1)) }
    : normal
  const hidden = width * config.ffnRatio
  const scale = (name: string): ParameterSpec[] =>
    layerScale > 0
      ? [{ name: `${block}.${name}`, shape: [width], init: { kind: 'constant', value: layerScale } }]
      : []
  return [
    ...normParameters(`${block}.norm1`, width),
    // The key has no bias: softmax would cancel it (spec §3.3).
    { name: `${block}.attention.qkv.weight`, shape: [3 * width, width], init: normal },
    { name: `${block}.attention.query.bias`, shape: [width], init: ZEROS },
    { name: `${block}.attention.value.bias`, shape: [width], init: ZEROS },
    ...linearParameters(`${block}.attention.output`, width, width, output),
    ...scale('scale1'),
    ...normParameters(`${block}.norm2`, width),
    ...linearParameters(`${block}.ffn.fc1`, width, hidden, normal),
    ...linearParameters(`${block}.ffn.fc2`, hidden, width, output),
    ...scale('scale2'),
  ]
}

/** Starting values of a parameter. */
export function drawValues({ shape, init }: ParameterSpec, random: Random): Float32Array {
  const values = new Float32Array(util.sizeFromShape([...shape]))
  switch (init.kind) {
    case 'constant':
      return values.fill(init.value)
    case 'normal':
      return values.map(() => init.std * random.normal())
    case 'uniform':
      return values.map(() => init.bound * (2 * random.uniform() - 1))
  }
}

/** Matrices that weight decay leaves alone nevertheless, as in BEiT (spec §8); data2vec 2.0 does not know of it. */
const UNDECAYED = ['cls_token', 'positions.weight']

/** Whether weight decay pulls at a parameter: at matrices and filters only, or at all (spec §8). */
export function isDecayed(
  { name, shape }: ParameterSpec,
  { method, decayScope }: Pick<Config, 'method' | 'decayScope'>,
): boolean {
  const isSpared = method === '1' && UNDECAYED.includes(name)
  return decayScope === 'all' || (shape.length > 1 && !isSpared)
}
