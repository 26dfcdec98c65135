interface NetworkProps {
  readonly depth: number
  /** Blocks at the end that are filled: those whose outputs are averaged. */
  readonly filled: number
  readonly of: 'teacher' | 'student'
  /** Layers of the decoder behind it, if it has one. */
  readonly decoder?: number
}

const COLOURS = {
  teacher: { frame: 'border-teacher bg-teacher/10', block: 'border-teacher', filled: 'bg-teacher' },
  student: { frame: 'border-student bg-student/10', block: 'border-student', filled: 'bg-student' },
} as const

/** A transformer as a row of its blocks, in the direction of the flow, and behind it the layers of its decoder, dashed. */
export function Network({ depth, filled, of, decoder = 0 }: NetworkProps) {
  const { frame, block, filled: fill } = COLOURS[of]
  return (
    <div
      role="img"
      aria-label={`${depth} transformer blocks${filled > 0 ? `, the last ${filled} filled` : ''}${decoder > 0 ? `, and ${decoder} layers of a decoder` : ''}`}
      className={`rounded-plate flex size-full flex-col gap-[6%] border-2 p-[14%] @min-[35rem]:flex-row ${frame}`}
    >
      {Array.from({ length: depth }, (_, i) => (
        <span
          key={i}
          className={`min-h-0 min-w-0 flex-1 rounded-sm border-2 ${block} ${i >= depth - filled ? fill : 'bg-surface'}`}
        />
      ))}
      {Array.from({ length: decoder }, (_, i) => (
        <span
          key={`decoder ${i}`}
          className={`min-h-0 min-w-0 flex-[0.4] rounded-sm border-2 border-dashed ${block}`}
        />
      ))}
    </div>
  )
}
