import { create } from 'zustand'
import { byModality, type ByModality } from '../../config/byModality.ts'
import type { ModalityName } from '../../config/modalities.ts'
import type { MapEvent, MapMethod, NeighboursEvent, PeekEvent } from '../../worker/protocol.ts'
import { shownModality, useShown } from './experiment.ts'
import { sendToRun } from './run.ts'
import { runOf } from './runState.ts'

/** What a person sees of a modality's samples on the map. */
export interface MapState {
  readonly method: MapMethod
  readonly map: MapEvent | null
  /** The sample that is pointed at. */
  readonly pointed: number | null
  /** The latest that was pointed at, as a person sees or hears it. */
  readonly peeked: PeekEvent | null
  /** What was asked for and has not come. */
  readonly awaited: number | null
  /** The sample whose neighbours are shown. */
  readonly chosen: number | null
  readonly chosenShown: PeekEvent | null
  readonly neighbours: NeighboursEvent | null
}

const NOTHING: MapState = {
  method: 'pca',
  map: null,
  pointed: null,
  peeked: null,
  awaited: null,
  chosen: null,
  chosenShown: null,
  neighbours: null,
}

const useMaps = create<ByModality<MapState>>()(() => byModality(() => NOTHING))

/** The map of the shown modality's run. */
export function useMap(): MapState {
  const shown = useShown()
  return useMaps((all) => all[shown])
}

export function mapOf(modality: ModalityName): MapState {
  return useMaps.getState()[modality]
}

function change(modality: ModalityName, changes: Partial<MapState>): void {
  useMaps.setState((all) => ({ [modality]: { ...all[modality], ...changes } }))
}

/** All act on the shown modality unless another is named. */
export const map = {
  setMethod: (method: MapMethod): void => change(shownModality(), { method }),

  /** Maps are drawn while somebody looks, and spared while nobody does. */
  watch: (method: MapMethod | null, modality: ModalityName): void => {
    if (runOf(modality).running !== null) sendToRun(modality, { type: 'map', method })
  },

  point: (sample: number | null): void => {
    change(shownModality(), { pointed: sample })
    askNext(shownModality())
  },

  /** Shows what is most like a sample; with null, nothing any more. */
  choose: (sample: number | null): void => {
    const modality = shownModality()
    const { peeked } = mapOf(modality)
    const chosenShown = peeked?.sample === sample ? peeked : null
    change(modality, { chosen: sample, chosenShown, neighbours: null })
    askNext(modality)
    sendToRun(modality, { type: 'neighbours', sample })
  },
}

/** What was asked of an earlier run will not come; how samples are mapped is the person's choice, and stays. */
export function forgetMap(modality: ModalityName): void {
  change(modality, { ...NOTHING, method: mapOf(modality).method })
}

export function takeMap(modality: ModalityName, event: MapEvent | PeekEvent | NeighboursEvent): void {
  const state = mapOf(modality)
  switch (event.type) {
    case 'map':
      change(modality, { map: event })
      break
    case 'peek':
      change(modality, { ...shownBy(state, event), awaited: null })
      askNext(modality)
      break
    case 'neighbours':
      if (event.sample === state.chosen) change(modality, { neighbours: event })
  }
}

function shownBy({ chosen, pointed }: MapState, event: PeekEvent): Partial<MapState> {
  return {
    ...(event.sample === chosen && { chosenShown: event }),
    ...(event.sample === pointed && { peeked: event }),
  }
}

/** One sample is asked for at a time: a pointer passes over more of them than can be shown. */
function askNext(modality: ModalityName): void {
  const state = mapOf(modality)
  const sample = lackingOf(state)
  if (state.awaited !== null || sample === null) return
  change(modality, { awaited: sample })
  sendToRun(modality, { type: 'peek', sample })
}

/** The sample that is to be shown and is not there yet. */
function lackingOf({ chosen, chosenShown, pointed, peeked }: MapState): number | null {
  if (chosen !== null && chosenShown?.sample !== chosen) return chosen
  if (pointed !== null && peeked?.sample !== pointed) return pointed
  return null
}
