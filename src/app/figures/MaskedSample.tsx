import { useId, useLayoutEffect, useRef } from 'react'
import type { SnapshotEvent } from '../../worker/protocol.ts'

type Props = Pick<SnapshotEvent, 'grid' | 'image' | 'mask'>

/** The sample with its masked patches hatched grey and the borders of all patches. */
export function MaskedSample({ grid: [rows, columns], image, mask }: Props) {
  const hatch = useId()
  return (
    <div className="relative aspect-square w-full overflow-hidden rounded-plate border border-rule">
      <Pixels {...image} />
      <svg viewBox={`0 0 ${columns} ${rows}`} className="absolute inset-0 size-full" aria-hidden>
        <defs>
          <pattern
            id={hatch}
            width={HATCH}
            height={HATCH}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width={HATCH} height={HATCH} fill="var(--color-masked)" />
            <line y2={HATCH} stroke="var(--color-masked-line)" strokeWidth={HATCH / 2} />
          </pattern>
        </defs>
        {Array.from(mask, (masked, patch) => (
          <rect
            key={patch}
            x={patch % columns}
            y={Math.floor(patch / columns)}
            width={1}
            height={1}
            fill={masked === 1 ? `url(#${hatch})` : 'none'}
            stroke="var(--color-surface)"
            strokeOpacity={0.7}
            strokeWidth={1}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </div>
  )
}

/** Distance of hatch lines, in patches. */
const HATCH = 0.125

function Pixels({ side, rgba }: SnapshotEvent['image']) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, side, side), 0, 0)
  }, [rgba, side])
  return <canvas ref={canvas} width={side} height={side} className="size-full [image-rendering:pixelated]" />
}
