import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { MOST_RUNS } from '../config/storage.ts'
import type { MetricRow } from '../engine/reports.ts'
import type { RunState } from '../engine/run.ts'
import { NO_PROBES, type KeptProbes } from '../config/keptProbes.ts'
import { readRecord, type Checkpoint, type KeptRun, type RunIdentity, type RunRecord } from './keptRun.ts'
import { notesOf, readPortable, writePortable } from './portableRun.ts'
import { roomLeft } from './room.ts'
import { readRunFile, writeRunFile } from './runFile.ts'
import { TensorFiles } from './tensorFiles.ts'

interface Records extends DBSchema {
  /** By id. Another version of the page may have written them. */
  runs: { key: string; value: unknown }
  /** The metrics of the steps that each checkpoint added, by the run's id and the first of the steps. */
  rows: { key: RowsKey; value: readonly MetricRow[] }
}

type RowsKey = [id: string, firstStep: number]

/** What a run goes on from. */
export interface Loaded {
  readonly record: RunRecord
  readonly state: RunState
  /** Of all steps before. */
  readonly rows: readonly MetricRow[]
  /** Whether its newest checkpoint was damaged, and the one before it had to do. */
  readonly fellBack: boolean
}

/** The metrics of all steps, and all probes. */
export interface Curves {
  readonly rows: readonly MetricRow[]
  readonly probes: KeptProbes
}

/** A deleted run can be taken back for at least this long. */
const UNDO_MS = 60_000

/**
 * The runs that this browser keeps: records in IndexedDB, tensors in files of its private file system. Each run has two
 * files, which are written in turn, and a record that names the one that is whole: whatever breaks off while a file is
 * written leaves the other.
 */
export class RunStore {
  private readonly records: IDBPDatabase<Records>
  private readonly files: TensorFiles

  private constructor(records: IDBPDatabase<Records>, files: TensorFiles) {
    this.records = records
    this.files = files
  }

  /** @throws an error of the browser's where it keeps nothing for this site */
  static async open(): Promise<RunStore> {
    const records = await openDB<Records>('data2vec-runs', 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore('runs')
        fresh.createObjectStore('rows')
      },
    })
    return new RunStore(records, await TensorFiles.open('runs'))
  }

  /** Bytes that the browser has left for this site. */
  room(): Promise<number> {
    return roomLeft()
  }

  /** Those that are to be kept, the newest first. */
  async list(): Promise<KeptRun[]> {
    const records = await this.all()
    return records.filter(({ deletedAt }) => deletedAt === null)
  }

  /**
   * Keeps a run as it is now.
   * @param measured `rows` of the steps since it was kept before, and all `probes`
   * @returns what is kept, with the note that the person has written meanwhile
   * @throws a DOMException named `QUOTA_EXCEEDED` when there is no room
   */
  async keep(
    run: KeptRun,
    state: RunState,
    { rows, probes }: { readonly rows: readonly MetricRow[]; readonly probes: KeptProbes },
  ): Promise<KeptRun> {
    const before = readRecord(await this.records.get('runs', run.id))
    const last = before?.checkpoints.at(0)
    const file = `${run.id}.${last?.file.endsWith('.a') ? 'b' : 'a'}`
    const bytes = writeRunFile({ state, notes: notesOf(run) })
    await this.files.write(file, bytes)
    const checkpoint: Checkpoint = { file, step: run.step, digest: await digestOf(bytes) }
    const checkpoints = [checkpoint, ...(last ? [last] : [])]
    const change = this.records.transaction(['runs', 'rows'], 'readwrite')
    const runs = change.objectStore('runs')
    const now = readRecord(await runs.get(run.id)) // the person may have deleted it, or noted something
    const { note = run.note, deletedAt = null } = now ?? {}
    const kept: KeptRun = { ...run, note }
    const record: RunRecord = { ...kept, checkpoints, probes, deletedAt }
    void runs.put(record, run.id)
    if (rows.length > 0) void change.objectStore('rows').put(rows, [run.id, rows[0].step])
    await change.done
    return kept
  }

  /**
   * What a run goes on from: its newest checkpoint that is whole. Steps after it are forgotten.
   * @throws an Error whose message is for the person
   */
  async load(id: string): Promise<Loaded> {
    const record = readRecord(await this.records.get('runs', id))
    if (record === undefined)
      throw new Error('This run is no longer kept, or another version of the page kept it.')
    for (const checkpoint of record.checkpoints) {
      const state = await this.stateOf(checkpoint)
      if (state === undefined) continue
      const fellBack = checkpoint !== record.checkpoints[0]
      const whole = fellBack ? await this.cutBack(record, checkpoint) : record
      const { rows } = await this.measured(id)
      return { record: whole, state, rows, fellBack }
    }
    throw new Error(
      'What was kept of this run is damaged, and it cannot go on. Delete it, and start a new one.',
    )
  }

  /**
   * A run as one file: its newest checkpoint that is whole, with its settings and what was measured of it as metadata.
   * @throws an Error whose message is for the person
   */
  async export(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const record = readRecord(await this.records.get('runs', id))
    for (const checkpoint of record?.checkpoints ?? []) {
      const state = await this.stateOf(checkpoint)
      if (record === undefined || state === undefined) continue
      const { rows, probes } = upTo(checkpoint.step, await this.measured(id))
      return writePortable({ run: { ...record, step: checkpoint.step }, state, rows, probes })
    }
    throw new Error('This run is no longer kept, or what was kept of it is damaged.')
  }

  /**
   * Keeps a run that comes as one file, as a run of its own.
   * @param identity by what it is kept from now on
   * @throws an Error whose message is for the person, or a DOMException as `keep` does
   */
  async import(bytes: Uint8Array, { id, begunAt }: Pick<RunIdentity, 'id' | 'begunAt'>): Promise<KeptRun> {
    const { run, state, rows, probes } = readPortable(bytes)
    const loss = rows[rows.length - 1].loss
    const accuracy = probes.rows.at(-1)?.linear ?? null
    return this.keep({ ...run, id, begunAt, keptAt: begunAt, loss, accuracy }, state, { rows, probes })
  }

  /** What was measured of a run; nothing of one that is not kept. */
  async measured(id: string): Promise<Curves> {
    const record = readRecord(await this.records.get('runs', id))
    const rows = await this.records.getAll('rows', rowsOf(id))
    return { rows: rows.flat(), probes: record?.probes ?? NO_PROBES }
  }

  /**
   * Keeps what was measured of a run since its newest checkpoint.
   * @returns what is kept
   */
  async keepProbes(run: KeptRun, probes: KeptProbes): Promise<KeptRun> {
    const { id, config, accuracy } = run
    const { store, done } = this.records.transaction('runs', 'readwrite')
    const record = readRecord(await store.get(id))
    if (record) void store.put({ ...record, config, accuracy, probes }, id)
    await done
    return { ...run, note: record?.note ?? run.note }
  }

  /**
   * Changes what the person says of a run: that it is deleted, since when, and its note.
   * @returns whether there is such a run
   */
  async mark(id: string, change: Partial<Pick<RunRecord, 'deletedAt' | 'note'>>): Promise<boolean> {
    const { store, done } = this.records.transaction('runs', 'readwrite')
    const record = readRecord(await store.get(id))
    if (record) void store.put({ ...record, ...change }, id)
    await done
    return record !== undefined
  }

  /**
   * Deletes for good what was deleted a while ago, runs beyond the most that are kept, and files that belong to none.
   * Records that cannot be read are left alone: another version of the page may have written them.
   * @param isOpen whether a tab works with the run now
   */
  async tidy(now: number, isOpen: (id: string) => boolean): Promise<void> {
    const isGone = ({ deletedAt }: RunRecord) => deletedAt !== null && now - deletedAt > UNDO_MS
    const all = await this.all()
    const kept = new Set(all.filter((record) => !isGone(record)).slice(0, MOST_RUNS))
    for (const record of all) if (!kept.has(record) && !isOpen(record.id)) await this.remove(record.id)
    const known = new Set(await this.records.getAllKeys('runs'))
    for (const name of await this.files.names()) {
      const id = name.slice(0, -2)
      if (!known.has(id) && !isOpen(id)) await this.files.remove(name)
    }
  }

  private async remove(id: string): Promise<void> {
    const change = this.records.transaction(['runs', 'rows'], 'readwrite')
    void change.objectStore('runs').delete(id)
    void change.objectStore('rows').delete(rowsOf(id))
    await change.done
    await Promise.all([this.files.remove(`${id}.a`), this.files.remove(`${id}.b`)])
  }

  private async all(): Promise<RunRecord[]> {
    const records = (await this.records.getAll('runs')).map(readRecord)
    return records
      .filter((record) => record !== undefined)
      .toSorted((one, other) => other.keptAt - one.keptAt)
  }

  private async stateOf(checkpoint: Checkpoint): Promise<RunState | undefined> {
    const bytes = await this.bytesOf(checkpoint)
    return bytes && readRunFile(bytes).state
  }

  /** Undefined if the file is damaged. */
  private async bytesOf({ file, digest }: Checkpoint): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await this.files.read(file)
    return bytes && (await digestOf(bytes)) === digest ? bytes : undefined
  }

  /** Makes an earlier checkpoint the newest one. @returns the record as it is then */
  private async cutBack(record: RunRecord, checkpoint: Checkpoint): Promise<RunRecord> {
    const { id } = record
    const change = this.records.transaction(['runs', 'rows'], 'readwrite')
    const rows = change.objectStore('rows')
    const all = (await rows.getAll(rowsOf(id))).flat()
    const { rows: earlier, probes } = upTo(checkpoint.step, { rows: all, probes: record.probes })
    void rows.delete(rowsOf(id))
    if (earlier.length > 0) void rows.put(earlier, [id, earlier[0].step])
    const step = { step: checkpoint.step, loss: earlier.at(-1)?.loss ?? record.loss }
    const accuracy = probes.rows.at(-1)?.linear ?? null
    const cut: RunRecord = { ...record, ...step, accuracy, probes, checkpoints: [checkpoint] }
    void change.objectStore('runs').put(cut, id)
    await change.done
    return cut
  }
}

/** What was measured up to a step. */
function upTo(last: number, { rows, probes: { way, rows: told } }: Curves): Curves {
  const isMade = ({ step }: { readonly step: number }) => step <= last
  return { rows: rows.filter(isMade), probes: { way, rows: told.filter(isMade) } }
}

/** The keys of all rows of a run. */
function rowsOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, -Infinity], [id, Infinity])
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
