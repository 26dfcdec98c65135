import { Info } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useProblems } from '../store/experiment.ts'
import { useRun } from '../store/runState.ts'
import { BACKENDS, speedOf } from './backendWords.ts'

/** The backend's name; behind it, why this one and what it means for speed. */
export function BackendInfo() {
  const backend = useRun((state) => state.backend)
  const opening = useRun((state) => state.phase === 'opening')
  const waits = useProblems().length > 0
  if (backend === null)
    return <span className="text-muted">{opening && !waits ? 'finding a backend…' : 'no backend yet'}</span>
  const { title } = BACKENDS[backend.backend]
  return (
    <Popover.Root>
      <Popover.Trigger
        className="hover:bg-well inline-flex min-h-6 items-center gap-1 rounded px-1"
        aria-label={`${title}: why this backend`}
      >
        {title} <Info size="0.8125rem" className="text-muted" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          sideOffset={6}
          collisionPadding={12}
          aria-label="Backend"
          className="plate z-30 w-80 max-w-[calc(100vw-1.5rem)] space-y-2 p-4 text-sm leading-relaxed"
        >
          <p className="font-semibold">{title}</p>
          {backend.adapter !== '' && <p className="text-muted text-xs">{backend.adapter}</p>}
          <p>{speedOf(backend)}</p>
          {backend.passedOver.length > 0 && (
            <>
              <p className="small-caps text-muted">Faster, but not here</p>
              <ul className="space-y-1">
                {backend.passedOver.map(({ backend: name, reason }) => (
                  <li key={name}>
                    <strong className="font-semibold">{BACKENDS[name].title}.</strong> {reason}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
