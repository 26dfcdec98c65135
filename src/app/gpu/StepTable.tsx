import type { GPUReportEvent, MeasuredPreset, StepFigures } from '../../worker/protocol.ts'
import { formatCount, formatNumber } from '../components/format.ts'
import { describeRatio, describeUnmeasured, presetTitle, shortReason } from './words.ts'

interface Column {
  readonly title: string
  readonly unit: string
  readonly value: (figures: StepFigures) => string
}

const COLUMNS: readonly Column[] = [
  {
    title: 'Step',
    unit: 'ms',
    value: ({ stepMs, spreadMs }) => `${formatNumber(stepMs)} ± ${formatNumber(spreadMs / 2)}`,
  },
  { title: 'JavaScript', unit: 'ms', value: ({ hostMs }) => formatNumber(hostMs) },
  { title: 'Dispatches', unit: '', value: ({ dispatches }) => formatCount(dispatches) },
  { title: 'Submits', unit: '', value: ({ submits }) => formatCount(submits) },
  { title: 'Samples', unit: 'a second', value: ({ samplesPerSecond }) => formatNumber(samplesPerSecond) },
  { title: 'Speed', unit: 'GFLOP/s', value: ({ gflops }) => formatNumber(gflops) },
  { title: 'Memory', unit: 'MB', value: ({ gpuMb }) => formatNumber(gpuMb) },
]

/** A row for each preset that was measured. */
export function StepTable({ report: { rows, measuring } }: { readonly report: GPUReportEvent }) {
  if (rows.length === 0) return null
  const notes = rows.flatMap(describeUnmeasured)
  return (
    <figure className="grid gap-2">
      {/* Scrolls by itself where the dialog is narrower than its figures: then the keyboard has to reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must take the focus (WCAG 2.1.1) */}
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Training step on images">
        <table className="w-full text-right tabular-nums">
          <thead className="align-bottom text-xs text-muted">
            <tr>
              <th scope="col" className="py-1 pr-3 text-left font-normal">
                Images
              </th>
              {COLUMNS.map(({ title, unit }) => (
                <th key={title} scope="col" className="px-2 py-1 font-normal">
                  {title} <span className="block">{unit}</span>
                </th>
              ))}
              <th scope="col" className="py-1 pl-2 font-normal">
                Stock tfjs <span className="block">ms</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.preset} {...row} isPending={measuring === row.preset} />
            ))}
          </tbody>
        </table>
      </div>
      <figcaption className="max-w-prose text-[0.8125rem] leading-relaxed text-muted">
        Milliseconds are medians, with half the distance of the quartiles. Look at the last column: it is the
        same step, operation by operation.
        {notes.map((note) => (
          <span key={note} className="mt-1 block text-ink">
            {note}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

function Row({ preset, engine, stock, isPending }: MeasuredPreset & { readonly isPending: boolean }) {
  return (
    <tr className="border-t border-rule">
      <th scope="row" className="py-1.5 pr-3 text-left font-medium">
        {presetTitle(preset)}
      </th>
      {'why' in engine ? (
        <td colSpan={COLUMNS.length + 1} className="px-2 py-1.5 text-left text-muted">
          {shortReason(engine)}
        </td>
      ) : (
        <>
          {COLUMNS.map(({ title, value }) => (
            <td key={title} className="px-2 py-1.5 whitespace-nowrap">
              {value(engine)}
            </td>
          ))}
          <td className="py-1.5 pl-2 whitespace-nowrap">
            {isPending && stock === null ? '…' : describeRatio(engine.stepMs, stock)}
          </td>
        </>
      )}
    </tr>
  )
}
