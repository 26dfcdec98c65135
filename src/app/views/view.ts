import type { ReactNode } from 'react'
import type { Content, Snapshot } from '../../worker/protocol.ts'
import type { Rgba } from './pixels.ts'
import type { Role } from './role.ts'

/** A colour for each token, as strong as what a place has to do with it. */
export interface Shades {
  /** `[T, 4]` */
  readonly colours: Rgba
  /** The token that they are seen from; it is outlined. */
  readonly from: number
}

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
  /** Laid over the sample: how much of something each token has. */
  readonly shades?: Shades | undefined
  /** Laid over the view: the keyboard's way to a token. */
  readonly picker?: ReactNode
}
