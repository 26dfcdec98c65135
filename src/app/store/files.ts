import { create } from 'zustand'
import { MODALITY_NAMES, type ModalityName } from '../../config/modalities.ts'
import type { FileRemark, FilesEvent, FileToAdd, OwnSample } from '../../worker/protocol.ts'
import { byModality, type ByModality } from '../../config/byModality.ts'
import { send } from './connection.ts'
import { useShown } from './experiment.ts'

export interface Progress {
  /** Files read; with a fraction where a long one is partly read. */
  readonly done: number
  readonly total: number
}

export interface FilesState {
  /** The person's own, oldest first. A modality's list is another one after each change of it, and only then. */
  readonly own: ByModality<readonly OwnSample[]>
  /** How far the adding is; null when nothing is added. */
  readonly progress: Progress | null
  /** The same of the files of earlier visits, while they are still coming in. */
  readonly restoring: Progress | null
  /** Files that the present adding has brought to each modality; the others were refused. */
  readonly brought: ByModality<number>
  /** Files of the last adding that belong to modalities which were not shown. */
  readonly elsewhere: readonly Brought[]
  readonly refused: readonly FileRemark[]
  readonly notices: readonly FileRemark[]
  /** Texts pasted so far: each has a number in its name. */
  readonly pasted: number
}

export interface Brought {
  readonly modality: ModalityName
  readonly files: number
}

const NOTHING_BROUGHT = byModality(() => 0)

/** How many there are is not known yet. */
const NOTHING_KNOWN: Progress = { done: 0, total: 0 }

export const useFiles = create<FilesState>()(() => ({
  own: byModality(() => []),
  progress: null,
  restoring: null,
  brought: NOTHING_BROUGHT,
  elsewhere: [],
  refused: [],
  notices: [],
  pasted: 0,
}))

/** The person's own of the shown modality. */
export function useOwn(): readonly OwnSample[] {
  const shown = useShown()
  return useFiles((state) => state.own[shown])
}

export const files = {
  add: (added: readonly FileToAdd[]): void => {
    if (added.length === 0) return
    expect(added.length)
    send({ type: 'addFiles', files: added })
  },

  addText: (text: string): void => {
    const pasted = useFiles.getState().pasted + 1
    useFiles.setState({ pasted })
    expect(1)
    send({ type: 'addText', name: `Pasted text ${pasted}`, text })
  },

  /** Takes back what was kept from earlier visits. */
  restore: (): void => {
    useFiles.setState({ restoring: NOTHING_KNOWN })
    send({ type: 'restoreFiles' })
  },

  /** Stops adding; what was read stays. */
  cancel: (): void => {
    send({ type: 'cancelFiles' })
  },

  remove: (ids: readonly number[]): void => {
    if (ids.length === 0) return
    const gone = new Set(ids)
    const { own } = useFiles.getState()
    release(MODALITY_NAMES.flatMap((name) => own[name]).filter(({ id }) => gone.has(id)))
    useFiles.setState({ own: byModality((name) => without(own[name], gone)) })
    send({ type: 'removeOwn', ids })
  },

  /** Says what files are; an empty label takes it back. */
  label: (modality: ModalityName, ids: readonly number[], label: string): void => {
    const meant = new Set(ids)
    useFiles.setState(({ own }) => ({
      own: {
        ...own,
        [modality]: own[modality].map((sample) => (meant.has(sample.id) ? { ...sample, label } : sample)),
      },
    }))
    send({ type: 'labelOwn', modality, ids, label })
  },

  dismissMessages: (): void => {
    useFiles.setState({ refused: [], notices: [] })
  },

  dismissElsewhere: (): void => {
    useFiles.setState({ elsewhere: [] })
  },
}

/** So many more files are on their way. */
function expect(count: number): void {
  useFiles.setState(({ progress }) => ({
    progress: { done: progress?.done ?? 0, total: (progress?.total ?? 0) + count },
    elsewhere: [],
  }))
}

/** The same list if nothing of it goes. */
function without(list: readonly OwnSample[], gone: ReadonlySet<number>): readonly OwnSample[] {
  const kept = list.filter(({ id }) => !gone.has(id))
  return kept.length === list.length ? list : kept
}

/** The same list if nothing comes. Files that come back keep their order, though some are read faster than others. */
function joined(list: readonly OwnSample[], added: readonly OwnSample[]): readonly OwnSample[] {
  return added.length === 0 ? list : [...list, ...added].sort((one, other) => one.id - other.id)
}

/** A bitmap's memory is freed by hand. */
function release(samples: readonly OwnSample[]): void {
  for (const { preview } of samples) if (preview.kind === 'picture') preview.thumbnail.close()
}

/** The worker that held them, and was reading others, is gone. What is kept comes back with the next one. */
export function forgetFiles(): void {
  const { own, progress, refused } = useFiles.getState()
  const all = MODALITY_NAMES.flatMap((name) => own[name])
  release(all)
  const unread = progress ? progress.total - Math.floor(progress.done) : 0
  useFiles.setState({
    own: byModality((name) => (own[name].length > 0 ? [] : own[name])),
    progress: null,
    brought: NOTHING_BROUGHT,
    elsewhere: [],
    refused: unread > 0 ? [...refused, notRead(unread)] : refused,
    restoring: NOTHING_KNOWN,
  })
  send({ type: 'restoreFiles' })
}

function notRead(count: number): FileRemark {
  const which = count === 1 ? '1 file was' : `${count.toLocaleString('en')} files were`
  return {
    file: 'My own',
    message: `${which} still being read when the worker stopped. Add what is missing again.`,
    ofMore: count > 1,
  }
}

/** Takes over what the worker says of the files of earlier visits; the last one's end is for `endRestoring` to say. */
export function applyRestored(event: FilesEvent): void {
  take(event)
  useFiles.setState({ restoring: { done: event.done, total: event.total } })
}

/**
 * Takes over what the worker says of the files being added.
 * @returns what an adding has brought that this event ends; nothing before its end
 */
export function applyFiles(event: FilesEvent): readonly Brought[] {
  const { brought } = useFiles.getState()
  const added = take(event)
  const sum = byModality((name) => brought[name] + added[name].length)
  useFiles.setState({
    progress: event.finished ? null : { done: event.done, total: event.total },
    brought: event.finished ? NOTHING_BROUGHT : sum,
  })
  if (!event.finished) return []
  return MODALITY_NAMES.filter((name) => sum[name] > 0).map((modality) => ({
    modality,
    files: sum[modality],
  }))
}

/** @returns what has come, by modality */
function take(event: FilesEvent): ByModality<readonly OwnSample[]> {
  const { own, refused, notices } = useFiles.getState()
  const added = byModality((name) => event.added.filter(({ modality }) => modality === name))
  useFiles.setState({
    own: byModality((name) => joined(own[name], added[name])),
    refused: event.refused.length > 0 ? [...refused, ...event.refused] : refused,
    notices: event.notices.length > 0 ? [...notices, ...event.notices] : notices,
  })
  return added
}
