import { tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { resolveConfig } from '../../../../src/config/presets.ts'
import { embed, parameters } from '../../../../src/modalities/text/embed.ts'
import { bosOf, eosOf } from '../../../../src/modalities/text/ids.ts'
import { waveTensor } from '../../../support/finiteDifferences.ts'

test('gives every id of the vocabulary and both ends of a passage a vector of their own', () => {
  const config = resolveConfig('text', 'tiny', { vocabulary: 300, width: 16 })
  const [{ name, shape }] = parameters(config)
  expect(shape).toEqual([302, 16])
  const table = waveTensor([302, 16], 1)
  const ids = [bosOf(config), 299, eosOf(config), 0]
  const embedded = embed({ [name]: table }, tensor(ids, [1, 4, 1]))
  const rows = ids.flatMap((id) => [...table.dataSync().slice(16 * id, 16 * (id + 1))])
  expect(embedded.shape).toEqual([1, 4, 16])
  expect([...embedded.dataSync()]).toEqual(rows)
})
