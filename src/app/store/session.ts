import { FEWEST_OWN_IMAGES } from '../../config/check.ts'
import type { WorkerEvent } from '../../worker/protocol.ts'
import { coldChanges, imagesChanged, settingsFor } from './changes.ts'
import { send, setClient, type ConnectClient } from './connection.ts'
import { configOf, experiment, useExperiment } from './experiment.ts'
import { applyFiles, useFiles } from './files.ts'
import { history } from './history.ts'
import { applyState, run, useRun } from './run.ts'

/** Long enough to type a number, short enough that playing before training feels direct. */
const REOPEN_AFTER_MS = 250

/** Connects the stores to a worker, opens the first run and keeps the run's settings in step with the form. */
export function startSession(connect: ConnectClient): () => void {
  setClient(connect(receive))
  run.open()
  const stopFollowing = followForm()
  return () => {
    stopFollowing()
    setClient(undefined)
  }
}

/** Hands each event of the worker to the store that it belongs to. */
function receive(event: WorkerEvent): void {
  if (useRun.getState().awaited && isOfRun(event)) return
  switch (event.type) {
    case 'backend':
      useRun.setState({ backend: event })
      break
    case 'state':
      if (event.phase === 'opening') history.reset()
      applyState(event)
      trainIfAsked()
      break
    case 'metrics':
      history.append(event.rows)
      break
    case 'snapshot':
      useRun.setState({ snapshot: event })
      break
    case 'files':
      if (applyFiles(event) && useFiles.getState().list.length >= FEWEST_OWN_IMAGES)
        experiment.setSamples('own')
      break
    case 'failure':
      useRun.setState({ failure: event, phase: 'failed', trainWhenOpen: false })
      break
    case 'ownSamples':
      break
  }
}

/** Whether it tells of a run that goes on, so that it is out of date once another has been asked for. */
function isOfRun(event: WorkerEvent): boolean {
  switch (event.type) {
    case 'state':
      return event.phase !== 'opening'
    case 'failure':
      return event.scope === 'run'
    default:
      return event.type === 'metrics' || event.type === 'snapshot'
  }
}

function trainIfAsked(): void {
  const { phase, step, trainWhenOpen } = useRun.getState()
  if (phase !== 'paused' || step > 0 || !trainWhenOpen) return
  useRun.setState({ trainWhenOpen: false })
  run.train()
}

/** Sends hot settings once a frame; opens a run that has not begun anew when something cold changes. */
function followForm(): () => void {
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let known = configOf(useExperiment.getState())
  const changed = () => {
    frame ??= requestAnimationFrame(() => {
      frame = undefined
      sendHotSettings()
    })
    clearTimeout(timer)
    timer = setTimeout(reopenIfNotBegun, REOPEN_AFTER_MS)
  }
  const unsubscribes = [
    useExperiment.subscribe((state) => {
      const config = configOf(state)
      if (config === known) return
      known = config
      changed()
    }),
    useFiles.subscribe((state, previous) => {
      if (state.list.length < FEWEST_OWN_IMAGES) leaveOwnImages()
      if (state.list !== previous.list || state.progress !== previous.progress) changed()
    }),
  ]
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe()
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** Back to the preset's sample set, once there are too few images of the person to train on. */
function leaveOwnImages(): void {
  if (configOf(useExperiment.getState()).samples === 'own') experiment.clearField('samples')
}

function sendHotSettings(): void {
  const { running } = useRun.getState()
  const form = useExperiment.getState()
  const config = running && settingsFor(running, form)
  if (!config) return
  useRun.setState({ running: { ...running, preset: form.preset, config } })
  send({ type: 'settings', config })
}

function reopenIfNotBegun(): void {
  const { running, phase, step, trainWhenOpen } = useRun.getState()
  const { list, progress } = useFiles.getState()
  if (step > 0 || phase === 'training' || progress !== null) return
  const cold = running === null || coldChanges(running.config, configOf(useExperiment.getState())).length > 0
  if (cold || imagesChanged(running, list)) run.open(trainWhenOpen)
}
