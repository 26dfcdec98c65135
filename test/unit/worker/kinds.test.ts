import { expect, test } from 'vitest'
import { MODALITIES, MODALITY_NAMES } from '../../../src/config/modalities.ts'
import { presetsOf, resolveConfig } from '../../../src/config/presets.ts'
import { KINDS } from '../../../src/worker/kinds.ts'

test.each(MODALITY_NAMES)(
  'the folder of %s has its kind, whose tokens are as many as the page says',
  (name) => {
    for (const preset of presetsOf(name)) {
      const config = resolveConfig(name, preset)
      expect(KINDS[name].modality.layout(config).tokens).toBe(MODALITIES[name].tokens(config))
    }
  },
)
