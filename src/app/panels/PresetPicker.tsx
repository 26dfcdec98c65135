import { useId } from 'react'
import { presetOf, presetsOf } from '../../config/presets.ts'
import { Segmented } from '../components/Segmented.tsx'
import { Demand } from './Demand.tsx'
import { experiment, useExperiment, useShown } from '../store/experiment.ts'

/** The modality's starting points, and why the chosen one is as it is. */
export function PresetPicker() {
  const why = useId()
  const modality = useShown()
  const chosen = useExperiment((state) => state.preset)
  const options = presetsOf(modality).map((name) => ({ value: name, label: presetOf(modality, name).title }))
  return (
    <>
      <Segmented
        legend="Preset"
        options={options}
        value={chosen}
        onChange={(preset) => experiment.setPreset(preset)}
        describedBy={why}
      />
      <p id={why} className="text-muted mt-2 text-xs leading-relaxed">
        {presetOf(modality, chosen).why}
      </p>
      <Demand />
    </>
  )
}
