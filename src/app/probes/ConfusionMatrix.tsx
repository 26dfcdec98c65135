import { useState, type CSSProperties } from 'react'
import { worstMistake } from './accuracy.ts'

interface Props {
  readonly classes: readonly string[]
  /** `[classes, classes]`: of each class (row), how many were taken for each (column). */
  readonly confusion: Uint32Array
}

/** Which classes are taken for which: a row for what samples are, a column for what they were taken for. */
export function ConfusionMatrix({ classes, confusion }: Props) {
  const [cell, setCell] = useState<number | null>(null)
  const count = classes.length
  const worst = worstMistake(confusion, count)
  const shown = cell ?? (worst && worst.is * count + worst.takenFor)
  return (
    <div className="grid gap-2">
      <div className="max-h-96 overflow-auto" onPointerLeave={() => setCell(null)}>
        <table className="w-full table-fixed border-separate border-spacing-px text-[0.6875rem]">
          <caption className="sr-only">
            What samples are (rows), and what they were taken for (columns)
          </caption>
          <colgroup>
            <col className="w-24" />
          </colgroup>
          <thead>
            <tr>
              <th scope="col" className="text-muted pr-1 text-right font-normal">
                is · taken for
              </th>
              {classes.map((name, column) => (
                <th key={name} scope="col" title={name} className="text-muted font-normal tabular-nums">
                  <span aria-hidden>{column + 1}</span>
                  <span className="sr-only">{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map((name, row) => (
              <tr key={name}>
                <th scope="row" title={name} className="text-muted truncate pr-1 text-right font-normal">
                  {name}
                  <span aria-hidden className="tabular-nums">
                    {' '}
                    {row + 1}
                  </span>
                </th>
                {classes.map((other, column) => {
                  const at = row * count + column
                  return (
                    <td
                      key={other}
                      onPointerEnter={() => setCell(at)}
                      data-right={row === column || undefined}
                      className="bg-(--cell) h-4 rounded-xs text-center leading-none data-right:outline-1 data-right:outline-rule"
                      style={{ '--cell': shade(confusion, at, count) } as CSSProperties}
                    >
                      <span className="sr-only">{confusion[at]}</span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-muted min-h-8 text-xs">
        {shown === undefined ? 'Nothing was taken for anything else.' : sentence(classes, confusion, shown)}
      </p>
    </div>
  )
}

/** Right answers in the figure's own dark, mistakes in vermilion: the more of a class, the stronger. */
function shade(confusion: Uint32Array, at: number, count: number): string {
  const row = Math.floor(at / count)
  const colour = row === at % count ? 'var(--color-ink)' : 'var(--color-difference)'
  const share = confusion[at] / Math.max(1, rowTotal(confusion, row, count))
  return `color-mix(in srgb, ${colour} ${Math.round(100 * Math.sqrt(share))}%, var(--color-well))`
}

function rowTotal(confusion: Uint32Array, row: number, count: number): number {
  return confusion.subarray(row * count, (row + 1) * count).reduce((sum, one) => sum + one, 0)
}

function sentence(classes: readonly string[], confusion: Uint32Array, at: number): string {
  const [row, column] = [Math.floor(at / classes.length), at % classes.length]
  const share = `${confusion[at]} of ${rowTotal(confusion, row, classes.length)} × “${classes[row]}”`
  return row === column ? `${share} were told right.` : `${share} were taken for “${classes[column]}”.`
}
