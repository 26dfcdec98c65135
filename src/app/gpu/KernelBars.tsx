import type { PresetName } from '../../config/preset.ts'
import type { KernelTime } from '../../worker/protocol.ts'
import { formatNumber } from '../components/format.ts'
import { presetTitle } from './words.ts'

/** More would be too thin to see. */
const MOST = 10

interface KernelBarsProps {
  readonly preset: PresetName
  readonly times: readonly KernelTime[]
}

/** Where the time of a step goes. */
export function KernelBars({ preset, times }: KernelBarsProps) {
  const shown = times.slice(0, MOST)
  const widest = shown[0]?.share || 1 // not 0, by which nothing can be divided
  return (
    <figure className="grid gap-2">
      <h3 className="small-caps text-muted">Kernels of a step of {presetTitle(preset)}</h3>
      <ul className="grid gap-1.5 text-xs">
        {shown.map(({ kernel, dispatches, ms, share }) => (
          <li key={kernel} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
            <span className="truncate">
              {kernel} <span className="text-muted">× {dispatches}</span>
            </span>
            <span className="text-muted tabular-nums">
              {formatNumber(ms)} ms · {Math.round(100 * share)} %
            </span>
            <span className="col-span-2 h-1 rounded-full bg-rule" aria-hidden>
              <span
                className="block h-1 rounded-full bg-ink"
                style={{ width: `${(100 * share) / widest}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
      <figcaption className="max-w-prose text-[0.8125rem] leading-relaxed text-muted">
        Look for what is no matrix product (Linear…): the larger the network, the less of it there should be.
      </figcaption>
    </figure>
  )
}
