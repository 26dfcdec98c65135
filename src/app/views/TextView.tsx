import { useEffect, useMemo, useRef, type CSSProperties, type PointerEvent } from 'react'
import type { TextContent } from '../../worker/protocol.ts'
import { useTheme } from '../store/theme.ts'
import { chipsOf, readAloud, typeSize, type Chip } from './chips.ts'
import { highlight, useIsHighlighted } from './highlight.ts'
import { inkOn } from './ink.ts'
import { tokenColours } from './pixels.ts'
import type { Role } from './role.ts'
import type { ViewProps } from './view.ts'
import './text.css'

/** A passage as one chip for each token, in the order of reading. */
export function TextView(props: ViewProps<TextContent>) {
  const { snapshot, content, shows, label, fullLoss, large = false, shades, picker } = props
  const { mask } = snapshot
  const [theme] = useTheme()
  const chips = useMemo(() => chipsOf(content), [content])
  const made = useMemo(() => tokenColours(snapshot, shows, fullLoss), [snapshot, shows, fullLoss])
  const colours = shades?.colours ?? made
  const size = useMemo(() => typeSize(chips), [chips])
  return (
    <div className={`text-view ${large ? 'text-view-large' : ''}`}>
      <p
        role="img"
        aria-label={
          made === null ? `${label}: ${readAloud(content, shows === 'masked' ? mask : null)}` : label
        }
        className="text-view-chips"
        style={{ '--type-size': `${size}cqw` } as CSSProperties}
        onPointerOver={point}
        onPointerLeave={leave}
      >
        {chips.map((chip, i) => {
          const colour = colours?.subarray(4 * i, 4 * i + 4)
          return (
            <ChipMark
              key={i}
              index={i}
              chip={chip}
              shows={shows}
              masked={mask[i] === 1}
              shaded={shades !== undefined}
              from={shades?.from === i}
              colour={colour && cssColour(colour)}
              ink={colour && inkOn(colour, theme)}
            />
          )
        })}
      </p>
      {picker}
    </div>
  )
}

interface ChipMarkProps {
  readonly index: number
  readonly chip: Chip
  readonly shows: Role
  readonly masked: boolean
  /** Whether its colour is laid over what it shows. */
  readonly shaded: boolean
  /** Whether shades are seen from it. */
  readonly from: boolean
  /** What a network makes of the token, and what can be read on it. */
  readonly colour: string | undefined
  readonly ink: string | undefined
}

/** Each chip is isolated, so that scripts that run the other way do not change the order of their neighbours. */
function ChipMark({ index, chip, shows, masked, shaded, from, colour, ink }: ChipMarkProps) {
  const mark = useRef<HTMLElement>(null)
  const highlighted = useIsHighlighted(index)
  useEffect(() => {
    if (highlighted && mark.current) bringIntoSight(mark.current)
  }, [highlighted])
  const replaced = shows === 'masked' && !masked && chip.replacement !== null
  const isTag = chip.isTag && !replaced
  return (
    <bdi
      ref={mark}
      data-token={index}
      data-shows={shows}
      data-masked={masked || undefined}
      data-tag={isTag || undefined}
      data-replaced={replaced || undefined}
      data-shaded={shaded || undefined}
      data-from={from || undefined}
      data-highlighted={highlighted || undefined}
      className="chip"
      style={{ '--chip-colour': colour, '--chip-ink': ink } as CSSProperties}
    >
      {replaced ? chip.replacement : chip.text}
    </bdi>
  )
}

function cssColour([red, green, blue, alpha]: Uint8ClampedArray): string {
  return `rgb(${red} ${green} ${blue} / ${(alpha / 255).toFixed(3)})`
}

/** In a passage that is too long for its square; the page itself must not move. */
function bringIntoSight(chip: HTMLElement): void {
  const passage = chip.parentElement
  if (passage === null) return
  const above = chip.offsetTop - passage.scrollTop
  const below = above + chip.offsetHeight - passage.clientHeight
  passage.scrollTop += Math.min(0, above) + Math.max(0, below)
}

function point({ target }: PointerEvent<HTMLElement>): void {
  const token = target instanceof HTMLElement ? target.dataset.token : undefined
  highlight(token === undefined ? null : Number(token))
}

function leave(): void {
  highlight(null)
}
