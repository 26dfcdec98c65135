import { useMemo } from 'react'
import type { Config } from '../../config/schema.ts'
import type { SnapshotEvent } from '../../worker/protocol.ts'
import { Button } from '../components/Button.tsx'
import { CompactField } from '../components/CompactField.tsx'
import { formatCount, formatNumber } from '../components/format.ts'
import { run, useRun } from '../store/run.ts'
import { Network } from './Network.tsx'
import { Part } from './Part.tsx'
import { PatchPicker } from './PatchPicker.tsx'
import { PatchPicture } from './PatchPicture.tsx'
import { countMasked } from './patches.ts'
import { lossOfUnitError, lossPixels, tokenPixels } from './pixels.ts'

interface ShownProps {
  /** Null until the first picture of a run has come. */
  readonly snapshot: SnapshotEvent | null
  readonly config: Config
}

/** Where a picture will be. */
function Blank() {
  return <div className="bg-well size-full animate-pulse rounded-sm" />
}

export function SamplePart({ snapshot }: ShownProps) {
  const held = useRun((state) => state.view.sample !== 'batch')
  return (
    <Part
      name="sample"
      title="Sample"
      colour="plain"
      picture={
        snapshot === null ? (
          <Blank />
        ) : (
          <PatchPicture
            label={`The sample, ${snapshot.label}`}
            pixels={snapshot.image.rgba}
            grid={snapshot.grid}
            mask={snapshot.mask}
            marks="none"
            lines={false}
          />
        )
      }
      control={
        <div className="flex flex-wrap justify-center gap-1 @min-[35rem]:justify-start">
          <Button size="small" disabled={snapshot === null} onClick={run.toggleHold}>
            {held ? 'Follow the batch' : 'Hold this sample'}
          </Button>
          <Button size="small" disabled={snapshot === null} onClick={run.anotherSample}>
            Another sample
          </Button>
        </div>
      }
    >
      <span className="text-ink font-semibold">{snapshot?.label ?? '…'}</span>
      {held ? ', held while you watch.' : ', from the present batch.'}
    </Part>
  )
}

export function InputParts({ snapshot }: ShownProps) {
  const masked = snapshot === null ? null : countMasked(snapshot.mask)
  return (
    <>
      <Part
        name="whole"
        title="Whole input"
        colour="teacher"
        picture={
          snapshot === null ? (
            <Blank />
          ) : (
            <PatchPicture
              label="The whole sample, cut into patches"
              pixels={snapshot.image.rgba}
              grid={snapshot.grid}
              mask={snapshot.mask}
              marks="outline"
            />
          )
        }
      >
        The teacher sees every patch. Outlined: those hidden from the student.
      </Part>
      <Part
        name="masked"
        title="Masked input"
        figure="masking"
        colour="student"
        picture={
          snapshot === null ? (
            <Blank />
          ) : (
            <PatchPicture
              label="The sample with its masked patches hatched"
              pixels={snapshot.image.rgba}
              grid={snapshot.grid}
              mask={snapshot.mask}
              marks="hatch"
            >
              <PatchPicker snapshot={snapshot} />
            </PatchPicture>
          )
        }
        control={
          <>
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
        {masked === null
          ? 'Hatched patches will be hidden from the student.'
          : `${masked} of ${snapshot?.mask.length ?? 0} patches are hidden from the student.`}
      </Part>
    </>
  )
}

export function NetworkParts({ config }: { readonly config: Config }) {
  const weights = useRun((state) => state.weights)
  const { depth, targetLayers } = config
  return (
    <>
      <Part
        name="teacher"
        title="Teacher"
        colour="teacher"
        picture={<Network depth={depth} filled={targetLayers} of="teacher" />}
      >
        No gradient reaches it. It follows the student slowly.
      </Part>
      <Part
        name="student"
        title="Student"
        colour="student"
        picture={<Network depth={depth} filled={0} of="student" />}
        control={<CompactField name="lr" accent="var(--color-student)" />}
      >
        Learns: each step moves its {weights > 0 ? `${formatCount(weights)} ` : ''}weights to shrink the
        difference.
      </Part>
    </>
  )
}

export function OutputParts({ snapshot, config }: ShownProps) {
  return (
    <>
      <Part
        name="targets"
        title="Targets"
        colour="teacher"
        picture={
          <TokenPicture snapshot={snapshot} of="targetColours" label="The teacher’s targets as colours" />
        }
        control={<CompactField name="targetLayers" accent="var(--color-teacher)" />}
      >
        What the teacher makes of each patch, drawn as a colour: the mean of its last {config.targetLayers}{' '}
        blocks.
      </Part>
      <Part
        name="predictions"
        title="Predictions"
        colour="student"
        picture={
          <TokenPicture
            snapshot={snapshot}
            of="predictionColours"
            label="The student’s predictions as colours"
          />
        }
      >
        What the student guesses at the hidden patches. The same colour as above is the same answer.
      </Part>
    </>
  )
}

interface TokenPictureProps {
  readonly snapshot: SnapshotEvent | null
  readonly of: 'targetColours' | 'predictionColours'
  readonly label: string
}

function TokenPicture({ snapshot, of, label }: TokenPictureProps) {
  const pixels = useMemo(() => snapshot && tokenPixels(snapshot[of], snapshot.mask), [snapshot, of])
  if (snapshot === null || pixels === null) return <Blank />
  return (
    <PatchPicture label={label} pixels={pixels} grid={snapshot.grid} mask={snapshot.mask} marks="outline" />
  )
}

export function DifferencePart({ snapshot, config }: ShownProps) {
  const full = lossOfUnitError(config)
  const pixels = useMemo(
    () => snapshot && lossPixels(snapshot.tokenLoss, snapshot.mask, full),
    [snapshot, full],
  )
  return (
    <Part
      name="difference"
      title="Difference"
      figure="loss"
      colour="difference"
      picture={
        snapshot === null || pixels === null ? (
          <Blank />
        ) : (
          <PatchPicture
            label="The loss at each masked patch"
            pixels={pixels}
            grid={snapshot.grid}
            mask={snapshot.mask}
            marks="outline"
          />
        )
      }
      control={<CompactField name="beta" accent="var(--color-difference)" />}
    >
      Its mean over the hidden patches is this sample’s loss:{' '}
      <span className="text-ink font-semibold">{formatNumber(snapshot?.loss ?? NaN)}</span>. It fades as the
      two agree.
    </Part>
  )
}
