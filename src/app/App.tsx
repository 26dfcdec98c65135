import { Tabs } from 'radix-ui'
import { lazy, Suspense, type ReactNode } from 'react'
import type { ModalityName } from '../config/modalities.ts'
import { Guard } from './components/Guard.tsx'
import { DataPanel } from './data/DataPanel.tsx'
import { About } from './panels/About.tsx'
import { Header } from './panels/Header.tsx'
import { HyperparameterForm } from './panels/HyperparameterForm.tsx'
import { Notices } from './panels/Notices.tsx'
import { RunsPanel } from './runs/RunsPanel.tsx'
import { figureId, FIGURES, type FigureName } from './stage/openFigure.ts'
import { TeacherStudentFigure } from './stage/TeacherStudentFigure.tsx'
import { experiment, useShown } from './store/experiment.ts'

// The chart library is the heaviest part of the page, and nothing waits for it.
const LossFigure = lazy(() => import('./figures/LossFigure.tsx').then((m) => ({ default: m.LossFigure })))
const MapFigure = lazy(() => import('./map/MapFigure.tsx').then((m) => ({ default: m.MapFigure })))
const TeachFigure = lazy(() => import('./teach/TeachFigure.tsx').then((m) => ({ default: m.TeachFigure })))
const LearntFigure = lazy(() =>
  import('./probes/LearntFigure.tsx').then((m) => ({ default: m.LearntFigure })),
)
const CollapseFigure = lazy(() =>
  import('./health/CollapseFigure.tsx').then((m) => ({ default: m.CollapseFigure })),
)
const EmaFigure = lazy(() => import('./figures/EmaFigure.tsx').then((m) => ({ default: m.EmaFigure })))
const MaskingFigure = lazy(() =>
  import('./figures/MaskingFigure.tsx').then((m) => ({ default: m.MaskingFigure })),
)
const AttentionFigure = lazy(() =>
  import('./figures/AttentionFigure.tsx').then((m) => ({ default: m.AttentionFigure })),
)
const BehindFigure = lazy(() =>
  import('./figures/BehindFigure.tsx').then((m) => ({ default: m.BehindFigure })),
)

export function App() {
  const modality = useShown()
  return (
    <Tabs.Root value={modality} onValueChange={(name) => experiment.show(name as ModalityName)}>
      <a
        href="#main"
        onClick={skipToMain}
        className="bg-ink text-page rounded-plate sr-only z-40 px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the picture
      </a>
      <div className="flex min-h-dvh flex-col xl:h-dvh">
        <Header />
        <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none">
          <Tabs.Content value={modality} className="h-full" tabIndex={-1}>
            <Layout />
          </Tabs.Content>
        </main>
      </div>
    </Tabs.Root>
  )
}

/**
 * Three columns that scroll by themselves where there is room, so that the picture stays while settings are turned.
 * On a phone the columns dissolve into one, in which the loss comes before the long form.
 */
function Layout() {
  const shown = useShown()
  return (
    <div className="grid gap-4 p-4 pb-32 max-md:grid-cols-1 md:grid-cols-2 md:pb-4 xl:h-full xl:grid-cols-[minmax(15rem,max(17.5rem,17%))_minmax(38rem,1fr)_minmax(16rem,max(20rem,22%))] xl:grid-rows-1">
      <Column className="md:col-span-2 xl:order-2 xl:col-span-1">
        <Notices />
        <Guard title="Teacher and student" resetKeys={[shown]}>
          <TeacherStudentFigure />
        </Guard>
        <Later figure="masking">
          <MaskingFigure />
        </Later>
        <Later figure="attention">
          <AttentionFigure />
        </Later>
        <Later figure="behind">
          <BehindFigure />
        </Later>
        <Later figure="map">
          <MapFigure />
        </Later>
        <Later figure="teach">
          <TeachFigure />
        </Later>
      </Column>
      <Column className="xl:order-1">
        <DataPanel />
        <div className="max-md:order-1">
          <HyperparameterForm />
        </div>
      </Column>
      <Column className="xl:order-3">
        <Later figure="loss">
          <LossFigure />
        </Later>
        <Later figure="learnt">
          <LearntFigure />
        </Later>
        <Later figure="collapse">
          <CollapseFigure />
        </Later>
        <Later figure="ema">
          <EmaFigure />
        </Later>
        <div className="max-md:order-2">
          <RunsPanel />
        </div>
        <div className="max-md:order-2">
          <About />
        </div>
      </Column>
    </div>
  )
}

function Column({ className, children }: { readonly className: string; readonly children: ReactNode }) {
  return (
    <div
      className={`relative flex min-w-0 flex-col gap-4 max-md:contents xl:-m-4 motion-safe:scroll-smooth xl:min-h-0 xl:overflow-y-auto xl:p-4 ${className}`}
    >
      {children}
    </div>
  )
}

/** A figure that loads after the page, in a place that the central picture can lead to. */
function Later({ figure, children }: { readonly figure: FigureName; readonly children: ReactNode }) {
  const shown = useShown()
  return (
    <div id={figureId(figure)} tabIndex={-1} className="focus:outline-control rounded-plate focus:outline-2">
      <Guard title={FIGURES[figure]} resetKeys={[shown]}>
        <Suspense fallback={<div className="plate h-64" aria-hidden />}>{children}</Suspense>
      </Guard>
    </div>
  )
}

/** The address's hash holds the experiment, so the link must not change it. */
function skipToMain(event: React.MouseEvent): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
