import { beforeAll, describe, expect, test } from 'vitest'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { Examiner } from '../../../src/engine/examiner.ts'
import { Explorer } from '../../../src/engine/explorer.ts'
import type { Report } from '../../../src/engine/reports.ts'
import { Run } from '../../../src/engine/run.ts'
import { nextTurn } from '../../../src/engine/turn.ts'
import { sole } from '../../../src/engine/turns.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { createDataset } from '../../../src/modalities/image/samples.ts'
import { Analyst } from '../../../src/probes/analyst.ts'
import { brightPictures } from '../../support/brightPictures.ts'
import { tinyConfig } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

const COUNT = 60

function create() {
  const config = tinyConfig({ imageSize: 8, patchSize: 4, depth: 1, targetLayers: 1 })
  const run = new Run('image', imageModality, config, (settings) =>
    createDataset(brightPictures(COUNT, 12), settings),
  )
  const reports: Report[] = []
  const report = (one: Report) => reports.push(one)
  const analyst = new Analyst()
  const explorer = new Explorer({ run, analyst, report })
  const onStudied = (survey: Parameters<Explorer['follow']>[0]) => explorer.follow(survey)
  const examiner = new Examiner({ run, analyst, report, device: sole(), onStudied })
  const examine = async () => {
    examiner.ask()
    await examiner.examine(true, () => true)
    await examiner.idle()
    await nextTurn()
  }
  const of = <Type extends Report['type']>(type: Type) =>
    reports.filter((one): one is Extract<Report, { type: Type }> => one.type === type)
  return { run, explorer, examine, of }
}

describe('the map of a run', () => {
  test('is drawn of each survey while somebody looks, and only then', async () => {
    const { run, explorer, examine, of } = create()
    explorer.map('pca')
    expect(of('map')).toEqual([]) // nothing was surveyed
    await examine()
    expect(of('map')).toMatchObject([{ step: 0, method: 'pca', progress: 1, points: { length: 2 * COUNT } }])
    explorer.map(null)
    await examine()
    expect(of('map')).toHaveLength(1)
    explorer.map('pca')
    await nextTurn()
    expect(of('map')).toHaveLength(2)
    run.dispose()
  })

  test('by UMAP is told until it is finished', async () => {
    const { run, explorer, examine, of } = create()
    await examine()
    explorer.map('umap')
    await expect.poll(() => of('map').at(-1)?.progress).toBe(1)
    expect(of('map').every(({ method }) => method === 'umap')).toBe(true)
    run.dispose()
  })

  test('is not told of a run that was closed', async () => {
    const { run, explorer, examine, of } = create()
    await examine()
    explorer.map('pca')
    explorer.close()
    await nextTurn()
    expect(of('map')).toEqual([])
    run.dispose()
  })
})

describe('neighbours', () => {
  test('are the samples that look alike, without the one that was asked about', async () => {
    const { run, explorer, examine, of } = create()
    await examine()
    await explorer.choose(7)
    const [{ sample, step, raw, learnt }] = of('neighbours')
    expect([sample, step]).toEqual([7, 0])
    for (const list of [raw, learnt]) {
      expect(list).toHaveLength(5)
      expect(list.every((one) => one.sample !== 7 && one.content.kind === 'picture')).toBe(true)
      expect(list.every((one, i) => i === 0 || one.similarity <= list[i - 1].similarity)).toBe(true)
    }
    // A third of the pictures is bright in the same colour, which raw pixels tell plainly.
    expect(raw.every((one) => one.sample % 3 === 7 % 3)).toBe(true)
    run.dispose()
  })

  test('are told after each survey, the first included, until nobody asks', async () => {
    const { run, explorer, examine, of } = create()
    await explorer.choose(7)
    expect(of('neighbours')).toEqual([]) // nothing was surveyed
    await examine()
    expect(of('neighbours')).toMatchObject([{ sample: 7 }])
    await examine()
    expect(of('neighbours')).toHaveLength(2)
    await explorer.choose(null)
    await examine()
    expect(of('neighbours')).toHaveLength(2)
    run.dispose()
  })

  test('are not told by rows of another survey, once the analyst was given that', async () => {
    const { run, explorer, examine, of } = create()
    await examine()
    explorer.follow(undefined)
    await explorer.choose(7)
    expect(of('neighbours')).toEqual([])
    run.dispose()
  })

  test('of a sample that was not surveyed are not told', async () => {
    const { run, explorer, examine, of } = create()
    await examine()
    await explorer.choose(COUNT + 5)
    expect(of('neighbours')).toEqual([])
    run.dispose()
  })
})
