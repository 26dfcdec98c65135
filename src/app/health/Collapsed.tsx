import { MODALITIES } from '../../config/modalities.ts'
import type { FieldName } from '../../config/schema.ts'
import { Notice } from '../components/Notice.tsx'
import { NewRunButton } from '../panels/NewRunButton.tsx'
import { FigureLink } from '../stage/FigureLink.tsx'
import { experiment, useShown } from '../store/experiment.ts'
import { useShownHealth } from '../store/health.ts'
import { useShownHistory } from '../store/history.ts'
import { run } from '../store/run.ts'
import { useRunningConfig } from '../store/runState.ts'
import { causesOf, rescues, type Failing, type Rescue } from './rescues.ts'
import { judge, signsOf } from './verdict.ts'
import { failureWords, joined } from './words.ts'

/** More ways out than these are a riddle. */
const OFFERED = 2

/** A loss near zero looks like success: here somebody says that it is not, why, and what to turn. */
export function Collapsed() {
  const config = useRunningConfig()
  const columns = useShownHistory().columns()
  const verdict = judge(config, signsOf(columns, useShownHealth()))
  return verdict === 'constant' || verdict === 'byPlace' ? <Failed failing={verdict} /> : null
}

function Failed({ failing }: { readonly failing: Failing }) {
  const config = useRunningConfig()
  const modality = useShown()
  const { title, what } = failureWords(failing, MODALITIES[modality].token)
  const causes = causesOf(failing, config)
  const offered = rescues(failing, modality, config).slice(0, OFFERED)
  return (
    <Notice
      urgency="status"
      title={title}
      actions={offered.map((rescue, i) => (
        <NewRunButton
          key={rescue.title}
          look={i === 0 ? 'primary' : 'plain'}
          onClick={() => startWith(rescue)}
        >
          Start anew with {rescue.title}
        </NewRunButton>
      ))}
    >
      <p>{what}</p>
      {causes.length > 0 && <p>What leads there here, most of all together: {joined(causes)}.</p>}
      {offered.length > 0 && <p>{offered[0].why}</p>}
      <p className="text-muted">
        <FigureLink to="collapse">The curves that tell</FigureLink>
      </p>
    </Notice>
  )
}

/** Sets the form and trains a new run. */
function startWith({ settings }: Rescue): void {
  for (const [name, value] of Object.entries(settings)) experiment.setField(name as FieldName, value)
  run.open('train')
}
