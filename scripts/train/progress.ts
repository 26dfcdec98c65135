import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { ModalityName } from '../../src/config/modalities.ts'
import { DEFAULTS } from '../../src/config/presets.ts'
import { isRelevant } from '../../src/config/relevance.ts'
import { FIELD_NAMES, type Config } from '../../src/config/schema.ts'
import { readRunFile, writeRunFile } from '../../src/checkpoint/runFile.ts'
import type { RunState } from '../../src/engine/run.ts'
import type { HeldOut } from '../../src/modalities/classes.ts'
import type { Row } from './train.ts'

/** How far a run has come. */
export interface Progress {
  readonly state: RunState
  readonly curve: readonly Row[]
  /** Milliseconds that its steps took. */
  readonly spent: number
}

const measured = z.number().nullable()

const curveSchema = z.array(
  z.object({
    step: z.int(),
    loss: z.number(),
    target_std: measured,
    pred_std: measured,
    knn_accuracy: z.number(),
    linear_accuracy: z.number(),
  }),
)

/** What a run is of: another cannot go on with it. */
export interface Subject {
  readonly modality: ModalityName
  readonly heldOut: HeldOut
  readonly config: Config
}

/** A file that a run is saved to, so that it can be broken off and gone on with. */
export class ProgressFile {
  private readonly path: string
  private readonly subject: Subject

  constructor(path: string, subject: Subject) {
    this.path = path
    this.subject = subject
  }

  /**
   * @returns undefined if there is no such file yet
   * @throws an Error if the file is of something else, or of a run with other settings
   */
  async load(): Promise<Progress | undefined> {
    const bytes = await this.read()
    if (bytes === undefined) return undefined
    const { state, notes } = readRunFile(bytes)
    const other = differences(JSON.parse(notes.subject) as Subject, this.subject)
    if (other.length > 0)
      throw new Error(
        `${this.path} is of another run: it differs in ${other.join(', ')}. Delete it, or save to another file.`,
      )
    return { state, curve: curveSchema.parse(JSON.parse(notes.curve)), spent: Number(notes.spent) }
  }

  /** Replaces what was saved before; if that fails half-way, what was saved before is still there. */
  async save({ state, curve, spent }: Progress): Promise<void> {
    const { path, subject } = this
    const notes = {
      subject: JSON.stringify(subject),
      curve: JSON.stringify(curve),
      spent: String(spent),
    }
    await writeFile(`${path}.part`, writeRunFile({ state, notes }))
    await rename(`${path}.part`, path)
  }

  private async read(): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
}

/** A file may be older than a setting, which was then as it is by default, or of one that changes nothing here. */
function differences(saved: Subject, asked: Subject): string[] {
  const before: Config = { ...DEFAULTS, ...saved.config }
  const relevant = FIELD_NAMES.filter((name) => isRelevant(name, asked.config))
  const settings = relevant.filter((name) => before[name] !== asked.config[name])
  const rest = (['modality', 'heldOut'] as const).filter((name) => saved[name] !== asked[name])
  return [...rest, ...settings]
}
