import { useEffect, useRef, useState } from 'react'
import type { Noun } from '../../config/about.ts'
import { MODALITIES, type ModalityName } from '../../config/modalities.ts'
import type { Config } from '../../config/schema.ts'
import type { Attention, Content, Snapshot } from '../../worker/protocol.ts'
import { Segmented } from '../components/Segmented.tsx'
import { useShown } from '../store/experiment.ts'
import { run } from '../store/run.ts'
import { useRun, useRunningConfig } from '../store/runState.ts'
import { useTheme } from '../store/theme.ts'
import { useHighlighted } from '../views/highlight.ts'
import { SampleView } from '../views/SampleView.tsx'
import { TokenPicker } from '../views/TokenPicker.tsx'
import { placeOf } from '../views/words.ts'
import { attentionRow, headOf, largestOf, percent, shadesOf, type Head } from './attentionRows.ts'
import { EmptyFigure } from './EmptyFigure.tsx'
import { FigureFrame } from './FigureFrame.tsx'
import { useInSight } from './useInSight.ts'

/** Where a place of the sample looks, in any block and head, in both networks. */
export function AttentionFigure() {
  const modality = useShown()
  return <AttentionOf key={modality} modality={modality} />
}

function AttentionOf({ modality }: { readonly modality: ModalityName }) {
  const place = useRef<HTMLDivElement>(null)
  const { depth, heads, clsToken, method } = useRunningConfig()
  const [chosenBlock, setBlock] = useState(Infinity)
  const [chosenHead, setHead] = useState<Head>('mean')
  const block = Math.min(chosenBlock, depth - 1)
  useAttention(useInSight(place), block)
  const snapshot = useRun((state) => state.snapshot)
  const noun = MODALITIES[modality].token
  const attention = snapshot?.attention
  // A picture may still be of the run before, which had other heads.
  const head = headOf(chosenHead, { heads: Math.min(heads, attention?.heads ?? heads) })
  const from = usePlace(snapshot)
  return (
    <FigureFrame
      title="Attention"
      description={
        snapshot && attention
          ? describe(snapshot, attention, head, from, noun)
          : 'No attention has been computed yet.'
      }
      caption={`Point at a ${noun.one}: the stronger the colour of another, the more the outlined one takes from it. Look for heads that look at neighbours, or at what is alike. ${hiddenWords(method, noun)}`}
    >
      <div ref={place} className="@container grid gap-4">
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          <Choice legend="Block" count={depth} value={block} onChange={setBlock} />
          <HeadChoice count={heads} value={head} onChange={setHead} />
        </div>
        {snapshot && attention ? (
          <Networks
            snapshot={snapshot}
            attention={attention}
            head={head}
            from={from}
            noun={noun}
            cls={clsToken}
          />
        ) : (
          <EmptyFigure className="min-h-40">
            Where teacher and student look from one {noun.one} of a sample will appear here.
          </EmptyFigure>
        )}
      </div>
    </FigureFrame>
  )
}

/** What a student knows of a token that is hidden from it. */
function hiddenWords(method: Config['method'], { one, many }: Noun): string {
  return method === '1'
    ? `In place of a hidden ${one} the student has a learnt token, the same for all: it gathers there what others tell, other hidden ${many} among them.`
    : `What a hidden ${one} is, the student’s decoder can know only from elsewhere.`
}

/** Asks for a block's attention only while it can be seen. */
function useAttention(inSight: boolean, block: number): void {
  useEffect(() => {
    if (!inSight) return
    run.see({ attention: block })
    return () => run.see({ attention: null })
  }, [inSight, block])
}

/** The token that was pointed at last; before that, the first that is hidden, or the first that the student gets. */
function usePlace(snapshot: Snapshot | null): number {
  const { method } = useRunningConfig()
  const tokens = snapshot?.mask.length ?? 0
  const pointed = useHighlighted(tokens)
  const [last, setLast] = useState<number | null>(null)
  if (pointed !== null && pointed !== last) setLast(pointed)
  const token = pointed ?? last
  return token !== null && token < tokens
    ? token
    : Math.max(0, snapshot?.mask.indexOf(method === '1' ? 1 : 0) ?? 0)
}

interface ChoiceProps {
  readonly legend: string
  readonly count: number
  /** From 0. */
  readonly value: number
  readonly onChange: (value: number) => void
}

function Choice({ legend, count, value, onChange }: ChoiceProps) {
  const options = Array.from({ length: count }, (_, i) => ({ value: String(i), label: String(i + 1) }))
  return (
    <Labelled label={legend}>
      <Segmented
        size="small"
        legend={legend}
        options={options}
        value={String(value)}
        onChange={(chosen) => onChange(Number(chosen))}
      />
    </Labelled>
  )
}

interface HeadChoiceProps {
  readonly count: number
  readonly value: Head
  readonly onChange: (value: Head) => void
}

function HeadChoice({ count, value, onChange }: HeadChoiceProps) {
  const single = Array.from({ length: count }, (_, i) => ({ value: String(i), label: String(i + 1) }))
  return (
    <Labelled label="Head">
      <Segmented
        size="small"
        legend="Head"
        options={[{ value: 'mean', label: 'Mean' }, ...single]}
        value={String(value)}
        onChange={(chosen) => onChange(chosen === 'mean' ? 'mean' : Number(chosen))}
      />
    </Labelled>
  )
}

/** Many blocks or heads scroll where there is no room for all. */
function Labelled({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex max-w-full min-w-0 items-center gap-2 text-xs">
      <span aria-hidden>{label}</span>
      <div className="min-w-0 overflow-x-auto">{children}</div>
    </div>
  )
}

/** As in theme.css. */
const COLOURS = {
  teacher: { light: [0xe6, 0x9f, 0x00], dark: [0xe6, 0x9f, 0x00] },
  student: { light: [0x00, 0x72, 0xb2], dark: [0x3d, 0x9f, 0xd8] },
} as const

/** Side by side; sound and text, which are wide, one above the other where there is little room. */
const LAYOUTS: Readonly<Record<Content['kind'], string>> = {
  picture: 'grid max-w-xl grid-cols-2 gap-4',
  sound: 'grid gap-4 @lg:grid-cols-2',
  text: 'grid gap-4 @lg:grid-cols-2',
}

/** Colours are as strong as they get only where a place gets so many times what looking everywhere alike gives it. */
const CLEARLY_MORE = 2

/** With less than so many times what looking everywhere alike gives, none stands out. */
const BARELY_MORE = 1.2

interface NetworksProps {
  readonly snapshot: Snapshot
  readonly attention: Attention
  readonly head: Head
  /** The token that looks. */
  readonly from: number
  readonly noun: Noun
  /** Whether a CLS token is looked at, too. */
  readonly cls: boolean
}

function Networks({ snapshot, attention, head, from, noun, cls }: NetworksProps) {
  const [theme] = useTheme()
  const teacher = attentionRow(attention.teacher, attention, head, from)
  const student = attentionRow(attention.student, attention, head, from)
  const alike = 1 / (teacher.length + (cls ? 1 : 0))
  const full = Math.max(CLEARLY_MORE * alike, largestOf(teacher, student))
  const isPicture = snapshot.content.kind === 'picture'
  const view = (name: keyof typeof COLOURS, shares: Float32Array) => (
    <div className={isPicture ? 'aspect-square' : 'rounded-plate border-rule overflow-hidden border'}>
      <SampleView
        snapshot={snapshot}
        shows={name === 'teacher' ? 'whole' : 'masked'}
        label={`Where the ${name} looks`}
        fullLoss={1}
        large={!isPicture}
        shades={{ colours: shadesOf(shares, COLOURS[name][theme], full), from }}
        {...(name === 'teacher' && { picker: <TokenPicker snapshot={snapshot} noun={noun} /> })}
      />
    </div>
  )
  return (
    <div className={LAYOUTS[snapshot.content.kind]}>
      <div className="grid min-w-0 content-start gap-1.5">
        <h3 className="small-caps text-teacher-text">Teacher</h3>
        {view('teacher', teacher)}
        <p className="text-muted text-xs">{strongest(snapshot, teacher, noun)}</p>
      </div>
      <div className="grid min-w-0 content-start gap-1.5">
        <h3 className="small-caps text-student-text">Student</h3>
        {view('student', student)}
        <p className="text-muted text-xs">{strongest(snapshot, student, noun)}</p>
      </div>
      <p className="text-muted col-span-full text-xs">
        Full colour is {percent(full)}; looking everywhere alike gives each {noun.one} {percent(alike)}.
        {cls && ' What is missing to 100 % goes to the CLS token, which has no place.'}
      </p>
    </div>
  )
}

/** “Most to row 2, column 3: 34 %.” */
function strongest(snapshot: Snapshot, shares: Float32Array, noun: Noun): string {
  const largest = largestOf(shares)
  if (largest === 0) return `It does not get this ${noun.one}, and so looks nowhere from it.`
  if (largest < BARELY_MORE / shares.length) return `To all ${noun.many} about alike.`
  const most = shares.indexOf(largest)
  const where = placeOf(snapshot, most)
  return `Most to ${where.charAt(0).toLowerCase()}${where.slice(1)}: ${percent(shares[most])}.`
}

function describe(snapshot: Snapshot, attention: Attention, head: Head, from: number, noun: Noun): string {
  const row = (weights: Float32Array) => attentionRow(weights, attention, head, from)
  return (
    `Block ${attention.block + 1}, ${head === 'mean' ? 'mean of all heads' : `head ${head + 1}`}, seen from ${placeOf(snapshot, from)}. ` +
    `Teacher: ${strongest(snapshot, row(attention.teacher), noun)} Student: ${strongest(snapshot, row(attention.student), noun)}`
  )
}
