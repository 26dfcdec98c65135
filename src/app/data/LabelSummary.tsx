import { MODALITIES } from '../../config/modalities.ts'
import type { OwnSample } from '../../worker/protocol.ts'
import { formatCount } from '../components/format.ts'
import { useShown } from '../store/experiment.ts'
import { countLabels, labelled } from './labels.ts'
import type { Selection } from './selection.ts'

interface Props {
  readonly list: readonly OwnSample[]
  readonly onSelect: (selection: Selection) => void
}

/** Which labels there are, to select by; or what they would be good for. */
export function LabelSummary({ list, onSelect }: Props) {
  const { file } = MODALITIES[useShown()]
  const counts = countLabels(list)
  if (counts.every(({ label }) => label === ''))
    return (
      <p className="text-muted text-xs">
        To see how well your {file.many} are told apart, label them: select some and say what they are, or add
        a folder for each kind. Labels are never trained on.
      </p>
    )
  return (
    <ul aria-label="Labels" className="flex max-h-24 flex-wrap gap-1 overflow-y-auto text-xs">
      {counts.map(({ label, count }) => (
        <li key={label} className="max-w-full">
          <button
            type="button"
            title={`Select ${label === '' ? 'all without a label' : `all labelled “${label}”`}`}
            onClick={() => onSelect(labelled(list, label))}
            className="rounded-plate border-rule hover:bg-well flex min-h-6 max-w-full items-center gap-1.5 border px-1.5"
          >
            <span className={label === '' ? 'text-muted' : 'truncate font-medium'}>
              {label === '' ? 'no label' : label}
            </span>
            <span className="text-muted tabular-nums">{formatCount(count)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
