import { util } from '@tensorflow/tfjs-core'
import type { Config } from '../config/schema.ts'
import type { Initializer, ParameterSpec } from '../ops/parameters.ts'
import type { Random } from '../ops/random.ts'
import { relativeTableSize } from './positions.ts'

const ZEROS: Initializer = { kind: 'constant', value: 0 }
const ONES: Initializer = { kind: 'constant', value: 1 }

/** Every trainable tensor of the network behind the feature encoder, in the order of the forward pass. */
export function encoderParameters(config: Config, grid: readonly [number, number]): ParameterSpec[] {
  const { width, heads, depth } = config
  const normal: Initializer = { kind: 'normal', std: config.initStd }
  const specs: ParameterSpec[] = [{ name: 'mask_token', shape: [1, width], init: normal }]
  if (config.clsToken) specs.push({ name: 'cls_token', shape: [1, width], init: normal })
  if (usesRelativeBias(config))
    specs.push({ name: 'relative_position.table', shape: [relativeTableSize(grid), heads], init: ZEROS })
  for (let block = 0; block < depth; block++) specs.push(...blockParameters(block, config))
  specs.push(...normParameters('norm', width))
  if (config.head === 'linear') specs.push(...linearParameters('head', width, width, normal))
  return specs
}

export function usesRelativeBias(config: Config): boolean {
  return config.positions !== 'sincos'
}

export function usesSinCos(config: Config): boolean {
  return config.positions !== 'relative'
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

function normParameters(name: string, width: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [width], init: ONES },
    { name: `${name}.bias`, shape: [width], init: ZEROS },
  ]
}

function linearParameters(name: string, inputs: number, outputs: number, init: Initializer): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], init },
    { name: `${name}.bias`, shape: [outputs], init: ZEROS },
  ]
}

/** Starting values of a parameter. */
export function drawValues({ shape, init }: ParameterSpec, random: Random): Float32Array {
  const values = new Float32Array(util.sizeFromShape([...shape]))
  if (init.kind === 'constant') return values.fill(init.value)
  return values.map(() => init.std * random.normal())
}

/** Whether weight decay pulls at a parameter: matrices only, the CLS token left alone, or all (spec §8). */
export function isDecayed({ name, shape }: ParameterSpec, scope: Config['decayScope']): boolean {
  return scope === 'all' || (shape.length > 1 && name !== 'cls_token')
}
