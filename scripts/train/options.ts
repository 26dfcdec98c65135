import { parseArgs } from 'node:util'
import { messageOf } from '../../src/messageOf.ts'

export const USAGE = `npm run train -- --modality image|audio|text --preset NAME [--steps 600] [--seed 1] [--set NAME=VALUE]…
  [--probe-every 50] [--network teacher|student] [--layer 0] [--pooling mean|meanStd|parts] [--neighbours 5]
  [--held-out subjects|samples] [--compare] [--logistic] [--save FILE] [--backend webgpu|wasm] [--json]
Trains without a page, by the same code, and says what was learnt. --set changes any setting, by its name in a link;
--held-out samples tests on samples whose subject is known, such as other notes of an instrument;
--compare probes both networks in every pooling after the last step; --logistic fits logistic regression, too, which takes
minutes; --save writes the run to a file now and then, and goes on with it where there is one.`

export type TrainOptions = ReturnType<typeof parse>

/** @returns what is asked for, or in words what cannot be understood */
export function readOptions(args: readonly string[]): TrainOptions | { readonly refusal: string } {
  try {
    return parse(args)
  } catch (error) {
    return { refusal: messageOf(error) }
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      modality: { type: 'string', default: 'image' },
      preset: { type: 'string', default: 'small' },
      steps: { type: 'string' },
      seed: { type: 'string' },
      'probe-every': { type: 'string' },
      network: { type: 'string' },
      layer: { type: 'string' },
      pooling: { type: 'string' },
      neighbours: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      'held-out': { type: 'string', default: 'subjects' },
      compare: { type: 'boolean', default: false },
      logistic: { type: 'boolean', default: false },
      save: { type: 'string' },
      backend: { type: 'string', default: 'webgpu' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values
}
