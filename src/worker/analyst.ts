import { transfer, wrap, type Remote } from 'comlink'
import { AnalysisFailed, type Analyst, type RemoteAnalyst } from '../probes/analyst.ts'
import type { Features } from '../probes/features.ts'

/**
 * An analyst in a worker of its own, which is started with the first thing that it is asked, and anew after it was lost.
 * What is asked of it rejects with `AnalysisFailed` where it fails, and where its worker cannot be started or dies.
 */
export function startAnalyst(startWorker: () => Worker = startAnalysis): RemoteAnalyst {
  let thread: Thread | undefined
  const ask = <Answer>(question: (analyst: Remote<Analyst>) => Promise<Answer>): Promise<Answer> => {
    thread ??= new Thread(startWorker(), () => (thread = undefined))
    return thread.ask(question)
  }
  return {
    open: (subject) => ask((analyst) => analyst.open(subject)),
    study: (layers, neighbours, step) => ask((analyst) => analyst.study(moved(layers), neighbours, step)),
    draw: (method, ms) => ask((analyst) => analyst.draw(method, ms)),
    likeness: (row, most) => ask((analyst) => analyst.likeness(row, most)),
    find: (sought) => ask((analyst) => analyst.find(sought)),
    score: (layers, neighbours) => ask((analyst) => analyst.score(moved(layers), neighbours)),
    scoreRaw: (neighbours) => ask((analyst) => analyst.scoreRaw(neighbours)),
  }
}

function startAnalysis(): Worker {
  return new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' })
}

/** A worker that answers. Comlink by itself would wait forever for one that is not there any more. */
class Thread {
  private readonly worker: Worker
  private readonly analyst: Remote<Analyst>
  /** Reject what has not been answered. */
  private readonly unanswered = new Set<(error: AnalysisFailed) => void>()

  constructor(worker: Worker, onLost: () => void) {
    this.worker = worker
    this.analyst = wrap<Analyst>(worker)
    worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
      onLost()
      this.die(message)
    })
  }

  ask<Answer>(question: (analyst: Remote<Analyst>) => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.unanswered.add(reject)
      question(this.analyst)
        .then(resolve, (error: unknown) => reject(failed(error instanceof Error ? error.message : undefined)))
        .finally(() => this.unanswered.delete(reject))
    })
  }

  private die(message: string | undefined): void {
    this.worker.terminate()
    for (const reject of this.unanswered) reject(failed(message))
    this.unanswered.clear()
  }
}

/** @param why as the browser has it, which says nothing of a file that it could not load */
function failed(why: string | undefined): AnalysisFailed {
  const cause = why === undefined || why === '' ? 'its program could not be loaded' : why
  return new AnalysisFailed(
    `What has been learnt cannot be measured now (${cause}). Training goes on. Press Measure now to try again.`,
  )
}

/** Features that are moved to the other thread instead of being copied. */
function moved(layers: readonly Features[]): readonly Features[] {
  return transfer(
    layers,
    layers.map(({ values }) => values.buffer as ArrayBuffer),
  )
}
