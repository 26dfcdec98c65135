import { beforeAll, describe, expect, test } from 'vitest'
import type { Overrides } from '../../../src/config/preset.ts'
import { chooseBackend } from '../../../src/engine/backend.ts'
import { Examiner } from '../../../src/engine/examiner.ts'
import type { Report } from '../../../src/engine/reports.ts'
import { Run } from '../../../src/engine/run.ts'
import { sole } from '../../../src/engine/turns.ts'
import { imageModality } from '../../../src/modalities/image/modality.ts'
import { createDataset, type Pictures } from '../../../src/modalities/image/samples.ts'
import { AnalysisFailed, Analyst, type RemoteAnalyst, type Subject } from '../../../src/probes/analyst.ts'
import { brightPictures } from '../../support/brightPictures.ts'
import { tinyConfig } from '../../support/tinyRun.ts'

beforeAll(async () => {
  await chooseBackend('cpu', () => undefined)
})

const COUNT = 120
const HELD_OUT = 30

const lesson = (...examples: number[]) => ({ examples, counterexamples: [] })

interface Options {
  readonly pictures?: Pictures
  readonly analyst?: RemoteAnalyst
}

function create(overrides: Overrides = {}, options: Options = {}) {
  const { pictures = brightPictures(COUNT, HELD_OUT), analyst = new Analyst() } = options
  const config = tinyConfig({ imageSize: 8, patchSize: 4, depth: 2, ...overrides })
  const run = new Run('image', imageModality, config, (settings) => createDataset(pictures, settings))
  const reports: Report[] = []
  const report = (one: Report) => reports.push(one)
  const examiner = new Examiner({ run, analyst, report, device: sole() })
  const told = () => reports.map(({ type }) => type).filter((type) => type !== 'probing')
  const examine = async (goesOn = () => true) => {
    examiner.ask()
    await examiner.examine(true, goesOn)
    await examiner.idle()
  }
  const step = async () => {
    run.advance(false)
    await run.metrics.read(0)
  }
  return { run, examiner, reports, told, examine, step }
}

describe('what a run has learnt', () => {
  test('is told with what it has to beat, which is told once', async () => {
    const { examine, step, reports, told, run } = create()
    await step()
    await examine()
    expect(told()).toEqual(['survey', 'baseline', 'probe', 'baseline'])
    expect(reports).toContainEqual(expect.objectContaining({ type: 'baseline', of: 'random' }))
    expect(reports).toContainEqual(expect.objectContaining({ type: 'baseline', of: 'raw' }))
    await step()
    await examine()
    expect(told().slice(4)).toEqual(['probe'])
    expect(reports).toContainEqual(expect.objectContaining({ type: 'probe', step: 2 }))
    run.dispose()
  })

  test('is the random start itself before the first step', async () => {
    const { examine, reports, run } = create()
    await examine()
    const probe = reports.find(({ type }) => type === 'probe')
    expect(reports.find((one) => one.type === 'baseline' && one.of === 'random')).toMatchObject({
      knn: probe?.type === 'probe' && probe.knn,
    })
    run.dispose()
  })

  test('is told of samples that were held out', async () => {
    const { examine, reports, run } = create()
    await examine()
    expect(reports.find(({ type }) => type === 'survey')).toMatchObject({
      samples: { length: COUNT },
      learnt: COUNT - HELD_OUT,
      tested: HELD_OUT,
      heldOut: HELD_OUT,
      classes: ['red', 'green', 'blue'],
    })
    run.dispose()
  })

  test('is measured anew in another way, and from the start', async () => {
    const { examiner, examine, told, run } = create()
    await examine()
    run.apply({ ...run.config, steps: run.config.steps + 1 })
    examiner.followSettings()
    expect(examiner.isAsked).toBe(false)
    run.apply({ ...run.config, probeNeighbours: 1 })
    examiner.followSettings()
    expect(examiner.isAsked).toBe(true)
    await examine()
    expect(told().slice(4)).toEqual(['survey', 'baseline', 'probe', 'baseline'])
    run.dispose()
  })
})

describe('samples that a person labels while a run is on them', () => {
  /** Without classes until they are labelled. */
  function createUnlabelled(analyst: RemoteAnalyst = new Analyst()) {
    const { classes, ...rest } = brightPictures(COUNT, 0)
    let known: typeof classes
    const pictures = {
      ...rest,
      get classes() {
        return known
      },
    }
    return { ...create({}, { pictures, analyst }), label: () => (known = classes) }
  }

  test('are told apart from then on, beside what is to be beaten', async () => {
    const { examiner, examine, label, step, reports, told, run } = createUnlabelled()
    await step()
    await examine()
    expect(told()).toEqual(['survey'])
    label()
    examiner.reclassify()
    expect(examiner.isAsked).toBe(true)
    await examine()
    expect(told().slice(1)).toEqual(['survey', 'baseline', 'probe', 'baseline'])
    const [before, after] = reports.filter((one) => one.type === 'survey')
    expect(before).toMatchObject({ classes: [], tested: 0 })
    expect(after).toMatchObject({ classes: ['red', 'green', 'blue'], tested: COUNT / 5 })
    expect(after.samples).toEqual(before.samples)
    run.dispose()
  })

  test('are not told of by what was seen before', async () => {
    const { examiner, examine, label, told, run } = createUnlabelled()
    label()
    await examine()
    const before = told().length
    examiner.ask()
    const surveying = examiner.examine(true, () => true)
    examiner.reclassify()
    await surveying
    await examiner.idle()
    expect(told()).toHaveLength(before)
    expect(examiner.isAsked).toBe(true)
    run.dispose()
  })

  test('while it is begun are told apart by what they are now', async () => {
    const opened: Subject[] = []
    const { examiner, examine, label, reports, run } = createUnlabelled(
      new Interrupted((subject) => {
        if (opened.push(subject) > 1) return
        label()
        examiner.reclassify()
      }),
    )
    await examine()
    expect(opened.map(({ task }) => task?.classes)).toEqual([undefined, 3])
    expect(reports.filter((one) => one.type === 'survey').at(-1)).toMatchObject({
      classes: ['red', 'green', 'blue'],
      tested: COUNT / 5,
    })
    run.dispose()
  })

  /** Something happens while it is given other samples. */
  class Interrupted extends Analyst {
    private readonly happens: (subject: Subject) => void

    constructor(happens: (subject: Subject) => void) {
      super()
      this.happens = happens
    }

    override open(subject: Subject): void {
      this.happens(subject)
      super.open(subject)
    }
  }
})

describe('where the analyst has failed', () => {
  class Failing extends Analyst {
    isFailing = true

    override open(subject: Subject): void {
      if (this.isFailing) throw new AnalysisFailed('It cannot be measured.')
      super.open(subject)
    }
  }

  test('training goes on, the page is told, and it is left alone until somebody asks', async () => {
    const analyst = new Failing()
    const { examiner, examine, reports, told, step, run } = create({ probeEvery: 1 }, { analyst })
    await examine()
    expect(reports).toContainEqual({ type: 'probingFailed', message: 'It cannot be measured.' })
    await step()
    examiner.trainedFor(1e6)
    expect([examiner.isDue, examiner.isDueAtRest, examiner.isAsked]).toEqual([false, false, false])
    analyst.isFailing = false
    await examine()
    expect(told().slice(2)).toEqual(['survey', 'baseline', 'probe', 'baseline'])
    run.dispose()
  })

  test('what has to be beaten is told again when it works again: the page has forgotten it', async () => {
    class Unsteady extends Analyst {
      isFailing = false

      override study(...asked: Parameters<Analyst['study']>) {
        if (this.isFailing) throw new AnalysisFailed('It cannot be measured.')
        return super.study(...asked)
      }
    }
    const analyst = new Unsteady()
    const { examine, told, step, run } = create({}, { analyst })
    await step()
    await examine()
    analyst.isFailing = true
    await examine()
    analyst.isFailing = false
    await examine()
    expect(told().slice(4)).toEqual(['probingFailed', 'survey', 'baseline', 'probe', 'baseline'])
    run.dispose()
  })

  test('in whatever it was asked to find, that is said, too', async () => {
    class Blind extends Analyst {
      override find(): never {
        throw new Error('It sees nothing.')
      }
    }
    const { examiner, examine, reports, run } = create({}, { analyst: new Blind() })
    await examine()
    await examiner.find(lesson(0))
    expect(reports).toContainEqual({ type: 'probingFailed', message: 'It sees nothing.' })
    run.dispose()
  })
})

describe('what was gathered', () => {
  test('is no more than can be looked through', () => {
    const { run } = create()
    run.gather((settings) => createDataset(brightPictures(COUNT + 130, HELD_OUT + 130), settings))
    expect([run.gathered.length, run.gathered[0], run.leftOut]).toEqual([100, COUNT, 30])
    run.dispose()
  })

  test('is surveyed for what is to be found in it, however long that takes', async () => {
    const { examiner, run } = create()
    run.gather((settings) => createDataset(brightPictures(COUNT + 2, HELD_OUT + 2), settings))
    examiner.gather()
    expect(examiner.isAsked).toBe(false)
    await examiner.find(lesson())
    expect(examiner.isAsked).toBe(false)
    await examiner.find(lesson(COUNT))
    expect(examiner.isAsked).toBe(true)
    const surveying = examiner.examine(true, () => true)
    await examiner.find(lesson(COUNT, COUNT + 1)) // another click while it is looked for
    await surveying
    await examiner.idle()
    expect(examiner.isAsked).toBe(false)
    await examiner.find(lesson(COUNT))
    expect(examiner.isAsked).toBe(false)
    run.dispose()
  })

  test.each([
    ['that turns out to take too long', false, () => true],
    ['that is given up', true, () => false],
  ])('is surveyed again where it was to be found in a survey %s', async (_, atRest, goesOn) => {
    const { examiner, examine, told, run } = create()
    const surveying = examiner.examine(atRest, goesOn)
    await examiner.find(lesson(0))
    await surveying
    expect(examiner.isAsked).toBe(true)
    await examine()
    expect(told()).toContain('found')
    expect(examiner.isAsked).toBe(false)
    run.dispose()
  })

  test('is not surveyed again and again where the analyst has failed', async () => {
    class Failing extends Analyst {
      override open(): void {
        throw new AnalysisFailed('It cannot be measured.')
      }
    }
    const { examiner, run } = create({}, { analyst: new Failing() })
    await examiner.find(lesson(0))
    await examiner.examine(true, () => true)
    expect(examiner.isAsked).toBe(false)
    run.dispose()
  })

  test('is not looked for in what was studied of other samples under its numbers', async () => {
    const { examiner, examine, reports, run } = create()
    const beside = (count: number) =>
      run.gather((settings) => createDataset(brightPictures(COUNT + count, HELD_OUT + count), settings))
    beside(2)
    await examine()
    const found = () => reports.filter(({ type }) => type === 'found').length
    await examiner.find(lesson(COUNT))
    expect(found()).toBe(1)
    beside(1)
    examiner.gather()
    await examiner.find(lesson(COUNT))
    expect(found()).toBe(1)
    await examine()
    expect(found()).toBe(2)
    run.dispose()
  })
})

describe('a survey', () => {
  test('is due every so many steps, when training has earned it', async () => {
    const { examiner, examine, step, run } = create({ probeEvery: 2 })
    expect(examiner.isDue).toBe(false) // nothing was trained yet
    await examine()
    examiner.trainedFor(1e6)
    expect(examiner.isDue).toBe(false)
    await step()
    expect(examiner.isDue).toBe(false)
    await step()
    expect(examiner.isDue).toBe(true)
    run.dispose()
  })

  test('is left where it turns out to take too long', async () => {
    const { examiner, reports, run } = create()
    await examiner.examine(false, () => true)
    await examiner.idle()
    expect(reports.map(({ type }) => type)).toEqual(['survey', 'probing'])
    run.dispose()
  })

  test('is given up when training is to pause, and made up for if it was asked for', async () => {
    const { examiner, examine, step, told, run } = create({ probeEvery: 1 })
    await examine(() => false)
    expect(told()).toEqual(['survey'])
    expect(examiner.isAsked).toBe(true)
    await examine()
    examiner.trainedFor(1e6)
    await step()
    await examiner.examine(false, () => false)
    expect(examiner.isAsked).toBe(false)
    run.dispose()
  })

  test('is judged in the way that it was made in, not in one that was chosen meanwhile', async () => {
    const { examiner, told, run } = create()
    examiner.ask()
    await examiner.examine(true, () => {
      run.apply({ ...run.config, probeNeighbours: 1 })
      examiner.followSettings()
      return true
    })
    await examiner.idle()
    expect(told()).toEqual(['survey', 'survey']) // and nothing of the one before
    expect(examiner.isAsked).toBe(true)
    run.dispose()
  })

  test('says how far it is, and when it is over', async () => {
    const { examine, reports, run } = create()
    await examine()
    const shares = reports.flatMap((one) => (one.type === 'probing' ? [one.done] : []))
    expect(shares).toEqual([0, 64 / COUNT, null])
    run.dispose()
  })

  test('of a run that was closed is not reported', async () => {
    const { examiner, examine, told, run } = create()
    examiner.close()
    await examine()
    expect(told()).toEqual(['survey'])
    run.dispose()
  })

  test('that is asked for does not wait until the one before is analysed', async () => {
    const { examiner, told, run } = create()
    examiner.ask()
    await examiner.examine(true, () => true)
    examiner.ask()
    expect([examiner.isDue, examiner.isDueAtRest]).toEqual([true, true])
    await examiner.examine(true, () => true)
    await examiner.idle()
    expect(told().filter((type) => type === 'probe')).toHaveLength(2)
    run.dispose()
  })
})
