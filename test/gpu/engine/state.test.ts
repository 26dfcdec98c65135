import { beforeAll, test } from 'vitest'
import { MODALITY_NAMES } from '../../../src/config/modalities.ts'
import { expectToGoOn } from '../../support/goesOn.ts'
import { useWebGPU } from '../../support/webgpu.ts'

beforeAll(async () => {
  await useWebGPU()
})

test.each(MODALITY_NAMES)('a run of %s goes on where another was, bit for bit', (name) => expectToGoOn(name))
