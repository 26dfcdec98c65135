import { X } from 'lucide-react'
import { Button } from '../components/Button.tsx'
import { compared, type ComparedRun } from '../store/compared.ts'
import { lockstep } from '../store/lockstep.ts'
import { LetterMark } from './LetterMark.tsx'
import { nameOf } from './words.ts'

/** The button is gone with its run: a keyboard goes on from the figure. */
function leave({ run, isLive }: ComparedRun, button: HTMLElement): void {
  const figure = button.closest<HTMLElement>('[tabindex="-1"]')
  if (isLive) lockstep.unpin()
  else compared.toggle(run)
  figure?.focus({ preventScroll: true })
}

/** What the letters at the ends of lines stand for. */
export function ComparedRuns({ runs }: { readonly runs: readonly ComparedRun[] }) {
  if (runs.length === 0) return null
  return (
    <ul className="grid gap-1 text-xs" aria-label="Compared runs">
      {runs.map((each) => {
        const { run, letter, columns, isLive } = each
        const name = nameOf(run, undefined)
        return (
          <li key={run.id} className="flex items-center gap-2">
            <LetterMark letter={letter} />
            <span className="min-w-0 flex-1 break-words">
              {name}
              <span className="text-muted">
                {columns === null && ', being read'}
                {isLive && ', in lockstep'}
                {!isLive && columns?.length === 0 && ', of which nothing is kept any more'}
              </span>
            </span>
            <Button
              look="quiet"
              size="small"
              aria-label={`Compare ${name} no longer`}
              onClick={({ currentTarget }) => leave(each, currentTarget)}
            >
              <X size="0.875rem" aria-hidden />
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
