import type { WorkerEvent } from '../../../src/worker/protocol.ts'

type Kind = WorkerEvent['type']
type EventOf<K extends Kind> = Extract<WorkerEvent, { type: K }>

/** Keeps every event of a worker in order, and lets a test wait for one. */
export class Recorder {
  readonly events: WorkerEvent[] = []
  private readonly watchers = new Set<() => void>()

  readonly record = (event: WorkerEvent): void => {
    this.events.push(event)
    for (const watch of this.watchers) watch()
  }

  of<K extends Kind>(kind: K): EventOf<K>[] {
    return this.events.filter((event): event is EventOf<K> => event.type === kind)
  }

  /** The first event of a kind from now on that `accept` accepts. */
  next<K extends Kind>(kind: K, accept: (event: EventOf<K>) => boolean = () => true): Promise<EventOf<K>> {
    const from = this.events.length
    return new Promise((resolve, reject) => {
      const watch = () => {
        const fresh = this.events.slice(from)
        const found = fresh.find(
          (event): event is EventOf<K> => event.type === kind && accept(event as EventOf<K>),
        )
        const failure = fresh.find((event) => event.type === 'failure')
        if (found === undefined && failure === undefined) return
        this.watchers.delete(watch)
        if (found !== undefined) resolve(found)
        else reject(new Error(failure?.message))
      }
      this.watchers.add(watch)
    })
  }
}
