import type { ReactNode } from 'react'
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary'
import { messageOf } from '../../messageOf.ts'
import { Button } from './Button.tsx'

interface Props {
  /** What is lost if it cannot be drawn. */
  readonly title: string
  /** Tried again by itself when one of these changes. */
  readonly resetKeys?: unknown[]
  readonly children: ReactNode
}

/** Keeps a mistake in one part from taking the whole page with it: the rest goes on, and so does training. */
export function Guard({ title, resetKeys, children }: Props) {
  const fallback = (props: FallbackProps) => <Broken title={title} {...props} />
  return (
    <ErrorBoundary fallbackRender={fallback} {...(resetKeys && { resetKeys })}>
      {children}
    </ErrorBoundary>
  )
}

function Broken({ title, error, resetErrorBoundary }: FallbackProps & { readonly title: string }) {
  return (
    <section role="alert" className="plate grid justify-items-start gap-2 p-4 text-sm">
      <h2 className="small-caps text-muted">{title}</h2>
      <p>
        This part of the page could not be drawn. Training goes on. If drawing it again does not help, reload
        the page.
      </p>
      <p className="text-muted text-xs break-words">{messageOf(error)}</p>
      <Button size="small" onClick={resetErrorBoundary}>
        Draw it again
      </Button>
    </section>
  )
}
