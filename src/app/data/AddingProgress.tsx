import { Button } from '../components/Button.tsx'
import { ProgressBar } from '../components/ProgressBar.tsx'
import { files, useFiles } from '../store/files.ts'
import { progressOf } from './ownFiles.ts'

/** How far the adding of files is, and the way to stop it. */
export function AddingProgress() {
  const progress = useFiles((state) => state.progress)
  if (progress === null) return null
  const { done, total } = progress
  return (
    <div className="flex items-center gap-3 text-xs">
      <div className="min-w-0 flex-1">
        <p className="text-muted">{progressOf(progress)}</p>
        <ProgressBar label="Adding files" value={done} max={total} />
      </div>
      <Button size="small" onClick={() => files.cancel()}>
        Cancel
      </Button>
    </div>
  )
}
