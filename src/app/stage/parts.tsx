import type { Noun } from '../../config/about.ts'
import type { Config } from '../../config/schema.ts'
import type { SnapshotEvent } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { CompactField } from '../components/CompactField.tsx'
import { formatCount, formatNumber } from '../components/format.ts'
import { run } from '../store/run.ts'
import { useRun } from '../store/runState.ts'
import { PlayButton } from '../views/PlayButton.tsx'
import { lossOfUnitError } from '../views/pixels.ts'
import type { Role } from '../views/role.ts'
import { SampleView } from '../views/SampleView.tsx'
import { TokenPicker } from '../views/TokenPicker.tsx'
import { Network } from './Network.tsx'
import { OtherViews } from './OtherViews.tsx'
import { Part } from './Part.tsx'
import { describeHidden } from './words.ts'

interface ShownProps {
  /** Null until the first picture of a run has come. */
  readonly snapshot: SnapshotEvent | null
  readonly config: Config
  /** What a token is called. */
  readonly noun: Noun
}

interface SampleProps extends ShownProps {
  readonly shows: Role
  readonly label: string
}

/** The sample in one of its roles, or where it will be. */
function Sample({ snapshot, config, noun, shows, label }: SampleProps) {
  if (snapshot === null) return <div className="bg-well size-full animate-pulse rounded-sm" />
  return (
    <SampleView
      snapshot={snapshot}
      shows={shows}
      label={label}
      fullLoss={lossOfUnitError(config)}
      {...(shows === 'masked' && { picker: <TokenPicker snapshot={snapshot} noun={noun} /> })}
    />
  )
}

export function SamplePart(shown: ShownProps) {
  const { snapshot } = shown
  const held = useRun((state) => state.view.sample !== 'batch')
  return (
    <Part
      name="sample"
      title="Sample"
      colour="plain"
      picture={<Sample {...shown} shows="sample" label={`The sample, ${snapshot?.label ?? ''}`} />}
      control={
        <div className="flex flex-wrap justify-center gap-1 @min-[35rem]:justify-start">
          <Button size="small" disabled={snapshot === null} onClick={run.toggleHold}>
            {held ? 'Follow the batch' : 'Hold this sample'}
          </Button>
          <Button size="small" disabled={snapshot === null} onClick={run.anotherSample}>
            Another sample
          </Button>
          {snapshot !== null && <PlayButton content={snapshot.content} silenced={null} title="Play" />}
        </div>
      }
    >
      <span className="text-ink font-semibold break-words">{snapshot?.label ?? '…'}</span>
      {held ? ', held while you watch.' : ', from the present batch.'}
    </Part>
  )
}

export function InputParts(shown: ShownProps) {
  const { snapshot, config, noun } = shown
  return (
    <>
      <Part
        name="whole"
        title="Whole input"
        colour="teacher"
        picture={<Sample {...shown} shows="whole" label={`The whole sample, cut into ${noun.many}`} />}
      >
        The teacher sees every {noun.one}
        {config.method === '2' && ', once for all views'}. Outlined: those hidden from the student.
      </Part>
      <Part
        name="masked"
        title="Masked input"
        figure="masking"
        colour="student"
        picture={
          <Sample {...shown} shows="masked" label={`The sample with its masked ${noun.many} hatched`} />
        }
        control={
          <>
            {snapshot !== null && <OtherViews snapshot={snapshot} />}
            <CompactField name="maskRatio" accent="var(--color-student)" />
            <Button
              size="small"
              className="justify-self-start"
              disabled={snapshot === null}
              onClick={run.anotherMask}
            >
              Another mask
            </Button>
          </>
        }
      >
        {snapshot === null
          ? `Hatched ${noun.many} will be hidden from the student.`
          : describeHidden(snapshot.mask, noun, config)}
      </Part>
    </>
  )
}

export function NetworkParts({ config, noun }: Pick<ShownProps, 'config' | 'noun'>) {
  const weights = useRun((state) => state.weights)
  const { depth, targetLayers, decoderLayers } = config
  const hasViews = config.method === '2'
  return (
    <>
      <Part
        name="teacher"
        title="Teacher"
        figure="attention"
        colour="teacher"
        picture={<Network depth={depth} filled={targetLayers} of="teacher" />}
      >
        No gradient reaches it. It follows the student slowly.
      </Part>
      <Part
        name="student"
        title="Student"
        figure="attention"
        colour="student"
        picture={<Network depth={depth} filled={0} of="student" decoder={hasViews ? decoderLayers : 0} />}
        control={<CompactField name="lr" accent="var(--color-student)" />}
      >
        {hasViews && `Gets the visible ${noun.many} alone; its decoder, dashed, puts the others back. `}
        Learns: each step moves its {weights > 0 ? `${formatCount(weights)} ` : ''}weights to shrink the
        difference.
      </Part>
    </>
  )
}

export function OutputParts(shown: ShownProps) {
  const { config, noun } = shown
  return (
    <>
      <Part
        name="targets"
        title="Targets"
        colour="teacher"
        picture={<Sample {...shown} shows="targets" label="The teacher’s targets as colours" />}
        control={<CompactField name="targetLayers" accent="var(--color-teacher)" />}
      >
        What the teacher makes of each {noun.one}, drawn as a colour: the mean of its last{' '}
        {config.targetLayers} blocks.
      </Part>
      <Part
        name="predictions"
        title="Predictions"
        figure="behind"
        colour="student"
        picture={<Sample {...shown} shows="predictions" label="The student’s predictions as colours" />}
      >
        What the student guesses at the hidden {noun.many}. The same colour as in the targets is the same
        answer.
      </Part>
    </>
  )
}

export function DifferencePart(shown: ShownProps) {
  const { snapshot, noun } = shown
  return (
    <Part
      name="difference"
      title="Difference"
      figure="loss"
      colour="difference"
      picture={<Sample {...shown} shows="difference" label={`The loss at each masked ${noun.one}`} />}
      control={<CompactField name="beta" accent="var(--color-difference)" />}
    >
      Its mean over the hidden {noun.many} is this sample’s loss:{' '}
      <span className="text-ink font-semibold">{formatNumber(snapshot?.loss ?? NaN)}</span>. The colour fades
      as the two agree.
    </Part>
  )
}
