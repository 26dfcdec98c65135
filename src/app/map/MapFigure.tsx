import { useEffect, useMemo, useRef, useState } from 'react'
import { MODALITIES } from '../../config/modalities.ts'
import type { MapEvent, SurveyEvent } from '../../worker/protocol.ts'
import { ProgressBar } from '../components/ProgressBar.tsx'
import { useRem } from '../components/rem.ts'
import { Segmented } from '../components/Segmented.tsx'
import { EmptyFigure } from '../figures/EmptyFigure.tsx'
import { FigureFrame } from '../figures/FigureFrame.tsx'
import { MeasureButton } from '../probes/MeasureButton.tsx'
import { useShown } from '../store/experiment.ts'
import { useLearnt } from '../store/learnt.ts'
import { map as explore, useMap } from '../store/map.ts'
import { useRun } from '../store/runState.ts'
import { useTheme } from '../store/theme.ts'
import { isTraining } from '../store/trainAll.ts'
import { Legend } from './Legend.tsx'
import { colourOf, GROUND, INK, marksOf, OTHERS, pointSize, slotsOf } from './marks.ts'
import { Neighbours } from './Neighbours.tsx'
import { PointedSample } from './PointedSample.tsx'
import { PointsView } from './PointsView.tsx'
import type { Look } from './pointCloud.ts'
import { useInSight } from '../figures/useInSight.ts'
import { captionOf, describeMap, describePoint } from './words.ts'

const METHODS = [
  { value: 'pca', label: 'PCA' },
  { value: 'umap', label: 'UMAP' },
] as const

/** All samples of the survey in two dimensions, to look around in. */
export function MapFigure() {
  const modality = useShown()
  const { method, map } = useMap()
  const { survey } = useLearnt()
  const frame = useRef<HTMLDivElement>(null)
  useDrawnInSight(frame)
  const isMapped = map !== null && survey?.samples.length === map.points.length / 2
  return (
    <div ref={frame}>
      <FigureFrame
        title="The map"
        description={describeMap(survey, map, MODALITIES[modality].sample)}
        actions={
          <Segmented
            legend="How samples are laid out"
            size="small"
            options={METHODS}
            value={method}
            onChange={explore.setMethod}
          />
        }
        caption={captionOf(method, map)}
      >
        <Progress map={map} />
        {isMapped ? <Mapped key={modality} survey={survey} map={map} /> : <NoMap />}
      </FigureFrame>
    </div>
  )
}

/** The worker draws maps of a run only while its figure can be seen. */
function useDrawnInSight(frame: React.RefObject<HTMLElement | null>): void {
  const modality = useShown()
  const { method } = useMap()
  const isInSight = useInSight(frame)
  const run = useRun(({ number }) => number)
  useEffect(() => {
    if (!isInSight) return
    explore.watch(method, modality)
    return () => explore.watch(null, modality)
  }, [isInSight, method, modality, run])
}

function Progress({ map }: { readonly map: MapEvent | null }) {
  const { method } = useMap()
  if (map === null || method === 'pca' || (map.method === method && map.progress === 1)) return null
  return (
    <ProgressBar label="Laying the samples out" value={map.method === method ? map.progress : 0} max={1} />
  )
}

function NoMap() {
  const { done } = useLearnt()
  const training = useRun(isTraining)
  const { sample } = MODALITIES[useShown()]
  return (
    <div className="grid justify-items-center gap-3">
      <EmptyFigure className="min-h-56 w-full">
        {done === null
          ? `All ${sample.many} will be laid out here, those that are alike near each other. ${training ? 'That begins with the first measurement.' : 'Press Train, or Measure now.'}`
          : `The network looks at the ${sample.many}…`}
      </EmptyFigure>
      <MeasureButton />
    </div>
  )
}

interface MappedProps {
  readonly survey: SurveyEvent
  readonly map: MapEvent
}

function Mapped({ survey, map }: MappedProps) {
  const { pointed, peeked, chosen, chosenShown, neighbours } = useMap()
  const [hovered, setHovered] = useState<number | null>(null)
  const [held, setHeld] = useState<number | null>(null)
  const rowOf = (sample: number | null) => {
    const row = sample === null ? -1 : survey.samples.indexOf(sample)
    return row < 0 ? null : row
  }
  const [pointedRow, chosenRow] = [rowOf(pointed), rowOf(chosen)]
  const marks = useMemo(() => marksOf(survey), [survey])
  const look = useLook(survey, hovered ?? held, pointedRow, chosenRow)
  return (
    <div className="@container grid grid-cols-1 gap-4">
      <div className="grid grid-cols-1 gap-4 @2xl:grid-cols-[minmax(0,1fr)_11rem]">
        <PointsView
          points={map.points}
          look={look}
          pointed={pointedRow}
          describe={(row) => describePoint(survey, row)}
          onPoint={(row) => explore.point(survey.samples[row])}
          onChoose={(row) => explore.choose(survey.samples[row])}
        />
        <div className="grid content-start gap-4">
          <PointedSample survey={survey} row={pointedRow} peeked={peeked} />
          <Legend marks={marks} unseen={survey.heldOut} held={held} onHold={setHeld} onPoint={setHovered} />
        </div>
      </div>
      {chosen !== null && chosenRow !== null && (
        <Neighbours survey={survey} chosen={chosen} shown={chosenShown} neighbours={neighbours} />
      )}
    </div>
  )
}

/** How the points are drawn. It stays the same object until something of it changes. */
function useLook(
  survey: SurveyEvent,
  focused: number | null,
  pointed: number | null,
  chosen: number | null,
): Look {
  const [theme] = useTheme()
  const rem = useRem()
  const slots = useMemo(() => slotsOf(survey, marksOf(survey)), [survey])
  return useMemo(
    () => ({
      slots,
      firstUnseen: slots.length - survey.heldOut,
      palette: Array.from({ length: OTHERS + 1 }, (_, slot) => colourOf(slot, theme)),
      ink: INK[theme],
      ground: GROUND[theme],
      focused,
      marked: [chosen, pointed].filter((row) => row !== null),
      size: rem * pointSize(slots.length),
    }),
    [slots, survey.heldOut, theme, rem, focused, pointed, chosen],
  )
}
