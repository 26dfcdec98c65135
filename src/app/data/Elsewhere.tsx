import { MODALITIES } from '../../config/modalities.ts'
import { Button } from '../components/Button.tsx'
import { formatCount } from '../components/format.ts'
import { experiment } from '../store/experiment.ts'
import { files, useFiles } from '../store/files.ts'

/** Where files went that do not belong to the open tab. The region is always there: screen readers hear what comes in. */
export function Elsewhere() {
  const elsewhere = useFiles((state) => state.elsewhere)
  return (
    <div
      role="status"
      className={elsewhere.length === 0 ? 'sr-only' : 'bg-well rounded-plate grid gap-1 p-2'}
    >
      {elsewhere.map(({ modality, files: count }) => {
        const { title } = MODALITIES[modality]
        return (
          <p key={modality} className="flex items-center justify-between gap-2 text-xs">
            {formatCount(count)} {count === 1 ? 'file' : 'files'} went to {title}
            <Button
              size="small"
              onClick={() => {
                files.dismissElsewhere()
                experiment.show(modality)
              }}
            >
              Open {title}
            </Button>
          </p>
        )
      })}
    </div>
  )
}
