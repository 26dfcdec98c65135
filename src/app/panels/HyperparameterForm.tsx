import { useId, useState } from 'react'
import { GROUPS, type GroupName } from '../../config/fields.ts'
import { paperNote } from '../../config/paper.ts'
import { fieldsOf, isRelevant } from '../../config/relevance.ts'
import { fieldOf, type FieldName } from '../../config/schema.ts'
import { Button } from '../components/Button.tsx'
import { FieldControl } from '../components/FieldControl.tsx'
import { Switch } from '../components/Switch.tsx'
import { experiment, isApartFromPresets, useConfig, useExperiment, useShown } from '../store/experiment.ts'
import { Lockstep } from './Lockstep.tsx'
import { PresetPicker } from './PresetPicker.tsx'

/** Chosen in the Data panel. */
const ELSEWHERE: readonly FieldName[] = ['samples']
const GROUP_NAMES = Object.keys(GROUPS) as readonly GroupName[]

export function HyperparameterForm() {
  const heading = useId()
  const allId = useId()
  const [all, setAll] = useState(false)
  const modality = useShown()
  const edition = useExperiment((state) => state.edition)
  return (
    <section className="plate p-4" aria-labelledby={heading}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-2">
        <h2 id={heading} className="small-caps text-muted">
          Hyperparameters
        </h2>
        <label htmlFor={allId} className="flex items-center gap-2 text-xs whitespace-nowrap">
          All settings <Switch id={allId} checked={all} onChange={setAll} />
        </label>
      </div>
      <form aria-labelledby={heading} onSubmit={(event) => event.preventDefault()}>
        <PresetPicker />
        <ChangesLine />
        <Lockstep />
        {GROUP_NAMES.map((group) => (
          <GroupFields key={`${modality} ${group} ${edition}`} group={group} all={all} />
        ))}
      </form>
    </section>
  )
}

/** How far the form is from its preset, and the way back. */
function ChangesLine() {
  const changed = useExperiment(
    ({ overrides }) => Object.keys(overrides).filter((name) => !isApartFromPresets(name)).length,
  )
  const preset = useExperiment((state) => state.preset)
  if (changed === 0) return null
  return (
    <p className="text-muted mt-3 flex items-center justify-between gap-2 text-xs">
      {changed === 1 ? 'One setting differs from the preset.' : `${changed} settings differ from the preset.`}
      <Button size="small" onClick={() => experiment.setPreset(preset)}>
        Back to the preset
      </Button>
    </p>
  )
}

function GroupFields({ group, all }: { readonly group: GroupName; readonly all: boolean }) {
  const overrides = useExperiment((state) => state.overrides)
  const modality = useShown()
  const config = useConfig()
  // An advanced setting that was changed stays in sight: the run is not what the visible form would say.
  const shown = fieldsOf(modality).filter((name) => {
    const { group: of, advanced } = fieldOf(name)
    const isWanted = all || !advanced || overrides[name] !== undefined
    return of === group && isWanted && isRelevant(name, config) && !ELSEWHERE.includes(name)
  })
  if (shown.length === 0) return null
  return (
    <fieldset className="border-rule mt-4 border-t pt-3">
      <legend className="small-caps text-muted float-left mb-1 w-full">{GROUPS[group]}</legend>
      <div className="clear-left">
        {shown.map((name) => (
          <FieldControl key={name} name={name} paper={paperNote(name, modality, config.method)} />
        ))}
      </div>
    </fieldset>
  )
}
