import type { ReactNode } from 'react'
import type { Content, Snapshot } from '../../worker/protocol.ts'
import type { Role } from './role.ts'

/** What every view of a sample is given, whatever the sample is. */
export interface ViewProps<Shown extends Content = Content> {
  readonly snapshot: Snapshot
  readonly content: Shown
  readonly shows: Role
  /** What the view shows, for a person who cannot see it. */
  readonly label: string
  /** The loss of a token that is drawn at full strength. */
  readonly fullLoss: number
  /** Fills a figure of its own instead of a small square. */
  readonly large?: boolean
  /** Laid over the view: the keyboard's way to a token. */
  readonly picker?: ReactNode
}
