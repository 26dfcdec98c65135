import type { ComponentProps } from 'react'
import { Button } from '../components/Button.tsx'
import { useProblems } from '../store/experiment.ts'

/** A button that begins a run with the form's settings: it waits while they contradict each other. */
export function NewRunButton(props: Omit<ComponentProps<typeof Button>, 'disabled'>) {
  const blocked = useProblems().length > 0
  return <Button {...props} disabled={blocked} />
}
