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

export function setClient(next: Client | undefined): void {
  client?.dispose()
  client = next
}

export function send(command: Command): void {
  connected().send(command)
}

export function restartClient(): void {
  connected().restart()
}

function connected(): Client {
  if (client === undefined) throw new Error('No worker is connected: call startSession first.')
  return client
}
