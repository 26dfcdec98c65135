import { tensor2d, tensor3d } from '@tensorflow/tfjs-core'
import type { Config } from '../../../src/config/schema.ts'
import { embed, parameters } from '../../../src/modalities/text/embed.ts'
import { eosOf } from '../../../src/modalities/text/ids.ts'
import { layerNorm } from '../../../src/ops/norm.ts'
import { placeTokens, zeroPadding } from '../../../src/ops/tokens.ts'
import { tensorOf, type Golden } from '../golden.ts'
import { translateIfNamed, type ReferenceNames } from '../names.ts'
import { commonActivations, commonConfig, commonNames, contextInput, prenetOf, viewsOf } from './v2.ts'
import type { Activation, Pass, Variant } from './variant.ts'

interface Dictionary {
  readonly pad: number
  readonly size: number
}

const ENCODER = 'modality_encoders.TEXT.'
const LOCAL = `${ENCODER}local_encoder.`

/** data2vec 2.0 for text (spec §7). */
export const v2Text: Variant = {
  modality: 'text',
  names: namesOf,
  config: configOf,
  frontEnd: (golden) => ({
    layout: () => ({ grid: [1, tokenCount(golden)] }),
    parameters,
    embed,
  }),
  batch: (golden, step) => {
    const { values, shape } = tensorOf(golden, 'input/source')
    const padding = tensorOf(golden, 'input/padding_mask')
    return {
      input: tensor3d(values, [shape[0], shape[1], 1]),
      valid: tensor2d(
        padding.values.map((padded) => 1 - padded),
        [padding.shape[0], padding.shape[1]],
      ),
      ...viewsOf(golden, step),
    }
  },
  prenet: prenetOf,
  activations: activationsOf,
}

function dictionaryOf({ sidecar }: Golden): Dictionary {
  return (sidecar.config as unknown as { readonly dictionary: Dictionary }).dictionary
}

function tokenCount(golden: Golden): number {
  return tensorOf(golden, 'input/source').shape[1]
}

/** The reference's table of positions begins with what padding gets, and has rows for longer passages. */
function namesOf(golden: Golden): ReferenceNames {
  const common = commonNames(golden, ENCODER)
  const first = dictionaryOf(golden).pad + 1
  const student: ReferenceNames['student'] = (name) => {
    if (name === 'positions.weight')
      return [{ name: `${LOCAL}embed_positions.weight`, rows: [first, first + tokenCount(golden)] }]
    return (
      translateIfNamed(name, [
        [/^token_embed\.(.*)$/, `${LOCAL}embed_tokens.$1`],
        [/^norm\.(.*)$/, `${LOCAL}layernorm_embedding.$1`],
      ]) ??
      common(name) ?? [{ name }]
    )
  }
  return {
    student,
    teacher: (name) => student(name).map((part) => ({ ...part, name: part.name.replace(/^blocks\./, '') })),
  }
}

function configOf(golden: Golden): Partial<Config> {
  return {
    ...commonConfig(golden),
    vocabulary: dictionaryOf(golden).size - eosOf({ vocabulary: 0 }) - 1,
    contextTokens: tokenCount(golden),
    positions: 'learned',
    teacherScope: 'blocks',
  }
}

function activationsOf(pass: Pass): Activation[] {
  const { learner, batch } = pass
  const { config, student } = learner
  const placed = placeTokens(embed(student, batch.input), { positions: student['positions.weight'] })
  const clear = zeroPadding(placed, batch.valid)
  const local = layerNorm(clear, config.normEpsilon, student['norm.weight'], student['norm.bias'])
  return [
    { key: 'act/student/local_encoder', actual: local },
    { key: 'act/student/project_features', actual: local },
    { ...contextInput(pass), actual: pass.student.input },
    ...commonActivations(pass),
  ]
}
