import { useId } from 'react'
import { PRESET_NAMES, presetOf } from '../../config/presets.ts'
import { experiment, useExperiment } from '../store/experiment.ts'

/** The four starting points, and why the chosen one is as it is. */
export function PresetPicker() {
  const why = useId()
  const group = useId()
  const modality = useExperiment((state) => state.modality)
  const chosen = useExperiment((state) => state.preset)
  return (
    <fieldset aria-describedby={why}>
      <legend className="sr-only">Preset</legend>
      <div className="bg-well rounded-plate grid grid-cols-[repeat(4,auto)] gap-1 p-1">
        {PRESET_NAMES.map((name) => (
          <label
            key={name}
            className="has-checked:bg-surface has-checked:shadow-plate has-focus-visible:outline-student rounded px-1 py-1.5 text-center text-[0.8125rem] font-medium has-focus-visible:outline-2"
          >
            <input
              type="radio"
              name={group}
              value={name}
              checked={name === chosen}
              onChange={() => experiment.setPreset(name)}
              className="sr-only"
            />
            {presetOf(modality, name).title}
          </label>
        ))}
      </div>
      <p id={why} className="text-muted mt-2 text-xs leading-relaxed">
        {presetOf(modality, chosen).why}
      </p>
    </fieldset>
  )
}
