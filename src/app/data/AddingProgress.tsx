import { Button } from '../components/Button.tsx'
import { ProgressBar } from '../components/ProgressBar.tsx'
import { files, useFiles, type Progress } from '../store/files.ts'
import { progressOf } from './ownFiles.ts'

/** How far the adding of files is, and the way to stop it; and how many are back from earlier visits. */
export function AddingProgress() {
  const progress = useFiles((state) => state.progress)
  const restoring = useFiles((state) => state.restoring)
  return (
    <>
      {restoring !== null && restoring.total > 0 && <Bar label="Bringing your files back" {...restoring} />}
      {progress !== null && <Bar label="Adding files" {...progress} onCancel={files.cancel} />}
    </>
  )
}

interface BarProps extends Progress {
  readonly label: string
  readonly onCancel?: () => void
}

function Bar({ label, done, total, onCancel }: BarProps) {
  return (
    <div className="flex items-center gap-3 text-xs">
      <div className="min-w-0 flex-1">
        <p className="text-muted">{progressOf({ done, total })}</p>
        <ProgressBar label={label} value={done} max={total} />
      </div>
      {onCancel && (
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  )
}
