import type { Command, WorkerEvent } from '../../worker/protocol.ts'

/** The worker as the stores see it; `TrainingClient` is one, and tests bring their own. */
export interface Client {
  send(command: Command): void
  /** Throws the worker away with all it holds, and starts a fresh one. */
  restart(): void
  dispose(): void
}

export type ConnectClient = (onEvent: (event: WorkerEvent) => void) => Client

let client: Client | undefined
let worker = new AbortController()

export function setClient(next: Client | undefined): void {
  endWorker()
  client?.dispose()
  client = next
}

export function send(command: Command): void {
  connected().send(command)
}

export function restartClient(): void {
  endWorker()
  connected().restart()
}

/** Aborted when the worker that runs now is gone: what it has asked for is no business of the next one. */
export function workerSignal(): AbortSignal {
  return worker.signal
}

function endWorker(): void {
  worker.abort()
  worker = new AbortController()
}

function connected(): Client {
  if (client === undefined) throw new Error('No worker is connected: call startSession first.')
  return client
}
