import { create } from 'zustand'
import type { FilesEvent, OwnSample } from '../../worker/protocol.ts'
import { send } from './connection.ts'

/** A sentence about one file. */
export interface FileMessage {
  readonly file: string
  readonly message: string
}

export interface Progress {
  readonly done: number
  readonly total: number
  /** Images among those done; the others were refused. */
  readonly added: number
}

export interface FilesState {
  /** The person's images, oldest first. */
  readonly list: readonly OwnSample[]
  /** Files decoded so far of those being added; null when none are. */
  readonly progress: Progress | null
  readonly refused: readonly FileMessage[]
  readonly notices: readonly FileMessage[]
}

export const useFiles = create<FilesState>()(() => ({ list: [], progress: null, refused: [], notices: [] }))

export const files = {
  add: (added: readonly File[]): void => {
    if (added.length === 0) return
    useFiles.setState(({ progress }) => ({
      progress: {
        done: progress?.done ?? 0,
        total: (progress?.total ?? 0) + added.length,
        added: progress?.added ?? 0,
      },
    }))
    send({ type: 'addFiles', files: added })
  },

  /** Stops adding; what was decoded stays. */
  cancel: (): void => {
    send({ type: 'cancelFiles' })
  },

  remove: (ids: readonly number[]): void => {
    if (ids.length === 0) return
    const gone = new Set(ids)
    const { list } = useFiles.getState()
    for (const { id, thumbnail } of list) if (gone.has(id)) thumbnail.close()
    useFiles.setState({ list: list.filter(({ id }) => !gone.has(id)) })
    send({ type: 'removeOwn', ids })
  },

  dismissMessages: (): void => {
    useFiles.setState({ refused: [], notices: [] })
  },
}

/** The worker that held them is gone. */
export function forgetFiles(): void {
  const { list, notices } = useFiles.getState()
  for (const { thumbnail } of list) thumbnail.close()
  const lost = {
    file: 'My images',
    message: 'My images were lost with the worker that held them. Add them again.',
  }
  useFiles.setState({ list: [], progress: null, notices: list.length > 0 ? [...notices, lost] : notices })
}

/**
 * Takes over what the worker says of the files being added.
 * @returns whether this ended an adding that brought images
 */
export function applyFiles(event: FilesEvent): boolean {
  const { list, progress, refused, notices } = useFiles.getState()
  const added = (progress?.added ?? 0) + event.added.length
  useFiles.setState({
    list: event.added.length > 0 ? [...list, ...event.added] : list,
    progress: event.finished ? null : { done: event.done, total: event.total, added },
    refused: event.refused.length > 0 ? [...refused, ...event.refused] : refused,
    notices: event.notices.length > 0 ? [...notices, ...event.notices] : notices,
  })
  return event.finished && added > 0
}
