import { MODALITY_NAMES, type ModalityName } from '../../config/modalities.ts'
import type { FilesEvent, RunId, WorkerEvent } from '../../worker/protocol.ts'
import { takeBeside } from './beside.ts'
import { isEnough } from './changes.ts'
import { takeRunRows } from './compared.ts'
import { setClient, type ConnectClient } from './connection.ts'
import { configOf, experiment, formOf, shownModality, useExperiments } from './experiment.ts'
import { applyFiles, applyRestored, files, useFiles } from './files.ts'
import { forgetMeasuring, takeGPUNews } from './gpu.ts'
import { noteHealth } from './health.ts'
import { download } from './download.ts'
import { askForRuns, takeImported, takeKept, takeRuns, useKept } from './kept.ts'
import { takeLearnt } from './learnt.ts'
import { forgetMap, takeMap } from './map.ts'
import { applyMetrics, applyState, isBehind, look, loseWorker, run, sendHotSettings } from './run.ts'
import { changeRun, FAILED, runOf } from './runState.ts'
import { answerSound, dropSound } from './sounds.ts'
import { forgetFound, forgetTaught, takeTaught } from './teaching.ts'
import { useWorker } from './worker.ts'

/** Long enough to type a number, short enough that playing before training feels direct. */
const REOPEN_AFTER_MS = 250

/** Connects the stores to a worker, opens the first run and keeps each run's settings in step with its form. */
export function startSession(connect: ConnectClient): () => void {
  setClient(connect(receive))
  files.restore()
  run.open()
  askForRuns()
  const stopFollowing = followForms()
  return () => {
    stopFollowing()
    setClient(undefined)
  }
}

/** Hands each event of the worker to the store that it belongs to. */
function receive(event: WorkerEvent): void {
  switch (event.type) {
    case 'workerFailure':
      loseWorker(event)
      forgetMeasuring()
      forgetTaught()
      break
    case 'files':
      takeFiles(event)
      break
    case 'filesNotKept':
      useFiles.setState(({ notices }) => ({
        notices: [...notices, { file: 'My own', message: event.message, ofMore: true }],
      }))
      break
    case 'decodeSound':
      void answerSound(event)
      break
    case 'dropSound':
      dropSound(event.request)
      break
    case 'runs':
      takeRuns(event)
      break
    case 'imported':
      takeImported(event)
      break
    case 'importRefused':
      useFiles.setState(({ refused }) => ({ refused: [...refused, event.remark] }))
      break
    case 'keptFailure':
      useKept.setState({ failure: event.message, leaving: null })
      break
    case 'runRows':
      takeRunRows(event)
      break
    case 'runFile':
      download(event.name, event.file)
      break
    case 'gpuReport':
    case 'gpuFailure':
      takeGPUNews(event)
      break
    default:
      takeReport(event)
  }
}

/** What an older run still says is out of date, but for what is kept of it. */
function takeReport(report: Extract<WorkerEvent, RunId>): void {
  const { modality } = report
  if (report.type === 'kept' || report.type === 'told') takeKept(report.kept)
  if (report.type === 'beside' && report.said.type === 'kept') takeKept(report.said.kept)
  const { number } = runOf(modality)
  if (report.type === 'kept' && report.run === number - 1) changeRun(modality, { before: report.kept.id })
  if (report.run !== number || (isWorkerLost() && report.type !== 'kept')) return
  switch (report.type) {
    case 'backend':
      changeRun(modality, { backend: report })
      break
    case 'state':
      if (report.phase === 'opening') {
        forgetFound(modality)
        forgetMap(modality)
      }
      applyState(modality, report)
      break
    case 'preparing':
      changeRun(modality, { preparing: report })
      break
    case 'beside':
      takeBeside(modality, report)
      break
    case 'estimate':
      changeRun(modality, { estimate: report })
      break
    case 'metrics':
      applyMetrics(modality, report.rows)
      break
    case 'snapshot':
      changeRun(modality, { snapshot: report })
      noteHealth(modality, report)
      break
    case 'recalled':
    case 'survey':
    case 'probing':
    case 'probingFailed':
    case 'baseline':
    case 'probe':
      takeLearnt(modality, report)
      break
    case 'gathered':
    case 'found':
      takeTaught(modality, report)
      break
    case 'map':
    case 'peek':
    case 'neighbours':
      takeMap(modality, report)
      break
    case 'kept':
      changeRun(modality, { kept: report.kept, keepingFailure: null })
      break
    case 'told':
      changeRun(modality, { kept: report.kept })
      break
    case 'keepingFailed':
      changeRun(modality, { keepingFailure: report.message })
      break
    case 'halted':
      changeRun(modality, { halted: report })
      break
    case 'failure':
      changeRun(modality, { ...FAILED, failure: report })
      break
  }
}

/** Each modality that got enough of its own trains on it from now on. */
function takeFiles(event: FilesEvent): void {
  if (event.restored) {
    applyRestored(event)
    if (event.finished) endRestoring()
    return
  }
  const brought = applyFiles(event)
  const { own } = useFiles.getState()
  for (const { modality } of brought) if (isEnough(own[modality])) experiment.setSamples('own', modality)
  const elsewhere = brought.filter(({ modality }) => modality !== shownModality())
  if (elsewhere.length > 0) useFiles.setState({ elsewhere })
}

/** All files of earlier visits are there again: what was to be on them can be. */
function endRestoring(): void {
  const { own } = useFiles.getState()
  useFiles.setState({ restoring: null })
  for (const name of MODALITY_NAMES) {
    const { running } = runOf(name)
    if (running?.config.samples === 'own') changeRun(name, { running: { ...running, own: own[name] } })
    if (isEnough(own[name])) experiment.takeOwn(name)
    else leaveOwn(name)
  }
}

/** Sends hot settings once a frame; opens a run that has not begun anew when something cold changes. */
function followForms(): () => void {
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const changed = () => {
    frame ??= requestAnimationFrame(() => {
      frame = undefined
      MODALITY_NAMES.forEach(sendHotSettings)
    })
    clearTimeout(timer)
    timer = setTimeout(() => MODALITY_NAMES.forEach(reopenIfNotBegun), REOPEN_AFTER_MS)
  }
  const unsubscribes = [
    useExperiments.subscribe((state, previous) => {
      if (state.shown !== previous.shown) turn(previous.shown, state.shown)
      if (state.experiments !== previous.experiments) changed()
    }),
    useFiles.subscribe((state, previous) => {
      if (state.own !== previous.own) MODALITY_NAMES.forEach(leaveOwn)
      const isFurther = state.progress !== previous.progress || state.restoring !== previous.restoring
      if (state.own !== previous.own || isFurther) changed()
    }),
  ]
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe()
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** Another tab: its pictures are wanted now, and its run if it has none yet. The run of the last one goes on. */
function turn(from: ModalityName, to: ModalityName): void {
  look(from, null)
  look(to, runOf(to).view)
  if (runOf(to).running === null && !isWorkerLost()) run.open(null, to)
  files.dismissElsewhere()
}

/** Then the person decides when to begin again. */
function isWorkerLost(): boolean {
  return useWorker.getState().failure !== null
}

/** Back to the preset's sample set, once there is too little of the person's own to train on. */
function leaveOwn(modality: ModalityName): void {
  if (useFiles.getState().restoring !== null) return
  const { samples } = configOf(formOf(modality))
  if (samples === 'own' && !isEnough(useFiles.getState().own[modality])) {
    experiment.clearField('samples', modality)
  }
}

function reopenIfNotBegun(modality: ModalityName): void {
  const { running, whenOpen } = runOf(modality)
  const unseen = running === null && modality !== shownModality()
  const { progress, restoring } = useFiles.getState()
  if (unseen || isWorkerLost() || progress !== null || restoring !== null) return
  if (isBehind(modality)) run.open(whenOpen, modality)
}
