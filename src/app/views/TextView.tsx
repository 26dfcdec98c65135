import { useMemo, type CSSProperties, type PointerEvent } from 'react'
import type { TextContent } from '../../worker/protocol.ts'
import { chipsOf, typeSize, type Chip } from './chips.ts'
import { highlight, useHighlight } from './highlight.ts'
import { tokenColours } from './pixels.ts'
import type { Role } from './role.ts'
import type { ViewProps } from './view.ts'
import './text.css'

/** A passage as one chip for each token, in the order of reading. */
export function TextView(props: ViewProps<TextContent>) {
  const { snapshot, content, role, label, fullLoss, large = false, picker } = props
  const { mask } = snapshot
  const chips = useMemo(() => chipsOf(content), [content])
  const colours = useMemo(() => tokenColours(snapshot, role, fullLoss), [snapshot, role, fullLoss])
  const size = useMemo(() => typeSize(chips), [chips])
  return (
    <div className={`text-view ${large ? 'text-view-large' : ''}`}>
      <p
        role="img"
        aria-label={label}
        className="text-view-chips"
        style={{ '--type-size': `${size}cqw` } as CSSProperties}
        onPointerOver={point}
        onPointerLeave={leave}
      >
        {chips.map((chip, i) => (
          <ChipMark
            key={i}
            index={i}
            chip={chip}
            role={role}
            masked={mask[i] === 1}
            colour={colours === null ? undefined : cssColour(colours.subarray(4 * i, 4 * i + 4))}
          />
        ))}
      </p>
      {picker}
    </div>
  )
}

interface ChipMarkProps {
  readonly index: number
  readonly chip: Chip
  readonly role: Role
  readonly masked: boolean
  readonly colour: string | undefined
}

/** Each chip is isolated, so that scripts that run the other way do not change the order of their neighbours. */
function ChipMark({ index, chip, role, masked, colour }: ChipMarkProps) {
  const highlighted = useHighlight((state) => state.token === index)
  const replaced = role === 'masked' && !masked && chip.replacement !== null
  const isTag = chip.isTag && !replaced
  return (
    <bdi
      data-token={index}
      data-role={role}
      data-masked={masked || undefined}
      data-tag={isTag || undefined}
      data-replaced={replaced || undefined}
      data-highlighted={highlighted || undefined}
      className="chip"
      style={colour === undefined ? undefined : ({ '--chip-colour': colour } as CSSProperties)}
    >
      {replaced ? chip.replacement : chip.text}
    </bdi>
  )
}

function cssColour([red, green, blue, alpha]: Uint8ClampedArray): string {
  return `rgb(${red} ${green} ${blue} / ${(alpha / 255).toFixed(3)})`
}

function point({ target }: PointerEvent<HTMLElement>): void {
  const token = target instanceof HTMLElement ? target.dataset.token : undefined
  highlight(token === undefined ? null : Number(token))
}

function leave(): void {
  highlight(null)
}
