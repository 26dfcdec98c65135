import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Config } from '../../../src/config/schema.ts'
import { ProgressFile, type Progress, type Subject } from '../../../scripts/train/progress.ts'
import '../../support/cpuBackend.ts'
import { tinyConfig, tinyRun } from '../../support/tinyRun.ts'

const SUBJECT: Subject = { modality: 'image', heldOut: 'subjects', config: tinyConfig() }

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'progress-'))
  path = join(folder, 'run.safetensors')
})

afterEach(() => rm(folder, { recursive: true }))

async function progress(): Promise<Progress> {
  const run = tinyRun()
  const state = await run.readState()
  run.dispose()
  const row = { step: 2, loss: 1, target_std: null, pred_std: null, knn_accuracy: 0.5, linear_accuracy: 0.4 }
  return { state, curve: [row], spent: 12.5 }
}

test('nothing is loaded where nothing was saved', async () => {
  expect(await new ProgressFile(path, SUBJECT).load()).toBeUndefined()
})

test('what was saved last is loaded, and lies in one file', async () => {
  const file = new ProgressFile(path, SUBJECT)
  const last = await progress()
  await file.save({ ...last, spent: 1 })
  await file.save(last)
  expect(await file.load()).toEqual(last)
  expect(await readdir(folder)).toEqual(['run.safetensors'])
})

test('a run with other settings is refused with their names', async () => {
  await new ProgressFile(path, SUBJECT).save(await progress())
  const other = new ProgressFile(path, { ...SUBJECT, config: tinyConfig({ seed: 2, lr: 0.5 }) })
  await expect(other.load()).rejects.toThrow(
    /run\.safetensors is of another run: it differs in (lr, seed|seed, lr)\./,
  )
  await expect(new ProgressFile(path, { ...SUBJECT, modality: 'audio' }).load()).rejects.toThrow(
    'differs in modality',
  )
})

test('a file that is no run is refused with its reason', async () => {
  await writeFile(path, 'hello')
  await expect(new ProgressFile(path, SUBJECT).load()).rejects.toThrow('no safetensors file')
})

test('a run is gone on with although settings have come since, as long as they change nothing', async () => {
  const { method, decoderWidth, ...before } = SUBJECT.config
  expect([method, decoderWidth]).toEqual(['1', 32])
  const last = await progress()
  // What an earlier version wrote did not know of them.
  await new ProgressFile(path, { ...SUBJECT, config: before as Config }).save(last)
  expect(await new ProgressFile(path, SUBJECT).load()).toEqual(last)
  const other = new ProgressFile(path, { ...SUBJECT, config: { ...SUBJECT.config, method: '2' } })
  await expect(other.load()).rejects.toThrow(/it differs in method, decoderWidth\./)
})
