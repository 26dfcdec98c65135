import { describe, expect, test } from 'vitest'
import { KINDS } from '../../../src/worker/kinds.ts'
import { OwnFiles } from '../../../src/worker/ownFiles.ts'
import { decodePixels, decodeSquare } from '../../../src/worker/pictures.ts'
import type { FilesEvent } from '../../../src/worker/protocol.ts'
import { gif } from '../../support/imageBytes.ts'
import { KEEPS_NO_FILES } from '../../support/keepsNothing.ts'
import { unlabelled } from '../../support/ownSamples.ts'
import { Recorder } from './recorder.ts'

type Paint = (context: OffscreenCanvasRenderingContext2D) => void

const RED: Paint = (context) => {
  context.fillStyle = 'rgb(255, 0, 0)'
  context.fillRect(0, 0, context.canvas.width, context.canvas.height)
}

const CONFETTI: Paint = (context) => {
  for (let i = 0; i < 400; i++) {
    context.fillStyle = `hsl(${i * 47} 90% 50%)`
    context.fillRect((i % 20) * 7, Math.floor(i / 20) * 7, 7, 7)
  }
}

async function imageFile(name: string, width: number, height: number, paint = RED, type = 'image/png') {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2D canvas')
  paint(context)
  return new File([await canvas.convertToBlob({ type, quality: 0.9 })], name)
}

/** Images need nothing of the site or the page. */
const TOOLS = {
  decodePixels,
  decodeSquare,
  fetchFile: () => Promise.reject(new Error('no site')),
  decodeSound: () => Promise.reject(new Error('no page')),
}

function create(options = {}) {
  const recorder = new Recorder()
  const own = new OwnFiles(recorder.record, KINDS, TOOLS, { openStore: KEEPS_NO_FILES, ...options })
  const add = (...files: File[]) => own.handle({ type: 'addFiles', files: files.map(unlabelled) })
  const pictures = () => {
    const items = own.of('image').items as readonly { readonly file: string; readonly rgb: Uint8Array }[]
    return { images: items.map(({ rgb }) => rgb), labels: items.map(({ file }) => file) }
  }
  return { own, add, pictures, recorder }
}

/** What all `files` events said together. */
function summarise(events: readonly FilesEvent[]) {
  return {
    added: events.flatMap(({ added }) => added),
    refused: events.flatMap(({ refused }) => refused),
    notices: events.flatMap(({ notices }) => notices),
    last: events.at(-1),
  }
}

/** The colour of the 64 × 64 image at a pixel. */
function at(rgb: Uint8Array, x: number, y: number): number[] {
  return [...rgb.subarray((y * 64 + x) * 3, (y * 64 + x) * 3 + 3)]
}

describe('decoding', () => {
  test.each(['image/png', 'image/jpeg', 'image/webp'])('keeps 64 × 64 pixels of a %s', async (type) => {
    const { add, pictures, recorder } = create()
    await add(await imageFile('red', 100, 80, RED, type))
    const [image] = pictures().images
    expect(image).toHaveLength(64 * 64 * 3)
    const [red, green, blue] = at(image, 32, 32)
    expect(red).toBeGreaterThan(240) // JPEG and WebP lose a little
    expect(Math.max(green, blue)).toBeLessThan(15)
    const { added } = summarise(recorder.of('files'))
    expect(added).toMatchObject([
      { file: 'red', modality: 'image', parts: 1, preview: { thumbnail: { width: 48, height: 48 } } },
    ])
  })

  test.each([
    ['wide', 300, 100],
    ['tall', 100, 300],
    ['wide and large', 1500, 500],
    ['tall and large', 500, 1500],
  ])('cuts the centre out of a %s image', async (_, width, height) => {
    const side = Math.min(width, height)
    const { add, pictures } = create()
    const file = await imageFile('square', width, height, (context) => {
      RED(context)
      context.fillStyle = 'rgb(0, 0, 255)'
      context.fillRect((width - side) / 2, (height - side) / 2, side, side)
    })
    await add(file)
    const [image] = pictures().images
    for (const [x, y] of [
      [2, 2],
      [61, 2],
      [32, 32],
      [2, 61],
      [61, 61],
    ])
      expect(at(image, x, y)).toEqual([0, 0, 255])
  })

  test('puts what is transparent on white', async () => {
    const { add, pictures } = create()
    await add(await imageFile('clear', 64, 64, () => undefined))
    expect(at(pictures().images[0], 5, 5)).toEqual([255, 255, 255])
  })

  test.each(['image/png', 'image/jpeg', 'image/webp'])('refuses a %s that is cut short', async (type) => {
    const whole = await imageFile('whole', 140, 140, CONFETTI, type)
    const { add, recorder } = create()
    await add(new File([whole.slice(0, 0.7 * whole.size)], 'cut'))
    const { added, refused } = summarise(recorder.of('files'))
    expect(added).toEqual([])
    expect(refused[0].message).toMatch(/“cut” is damaged or cut short/)
  })

  test('uses the first frame of an animation, and says so', async () => {
    const { add, recorder } = create()
    await add(new File([gif(16, 16, { frames: 2 })], 'wave.gif'))
    const { added, notices } = summarise(recorder.of('files'))
    expect(added).toHaveLength(1)
    expect(notices).toEqual([
      { file: 'wave.gif', message: '“wave.gif” is an animation: its first frame is used.' },
    ])
  })
})

describe('a folder with bad files among good ones', () => {
  test('keeps the good ones and names each bad one', async () => {
    const whole = await imageFile('whole.png', 140, 140, CONFETTI)
    const cut = new File([whole.slice(0, 0.7 * whole.size)], 'cut.png')
    const text = new File(['not an image'], 'text.jpg')
    const good = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => imageFile(name, 20, 20)))
    const { own, add, recorder } = create()
    await add(good[0], cut, good[1], text, good[2], new File([], 'empty.gif'), good[3], good[4])
    const { added, refused, last } = summarise(recorder.of('files'))
    expect(added.map(({ file }) => file).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(refused.map(({ file }) => file).toSorted()).toEqual(['cut.png', 'empty.gif', 'text.jpg'])
    expect(refused.every(({ file, message }) => message.includes(`“${file}”`))).toBe(true)
    expect(last).toMatchObject({ done: 8, total: 8, finished: true })
    expect(own.of('image').parts).toBe(5)
  })
})

describe('the images held', () => {
  test('lose those that are removed', async () => {
    const { own, add, pictures, recorder } = create()
    await add(...(await Promise.all(['a', 'b', 'c'].map((name) => imageFile(name, 20, 20)))))
    const { added } = summarise(recorder.of('files'))
    const b = added.filter(({ file }) => file === 'b').map(({ id }) => id)
    await own.handle({ type: 'removeOwn', ids: b })
    expect(pictures().labels.toSorted()).toEqual(['a', 'c'])
  })

  test('keep what was decoded before a cancel', async () => {
    const file = await imageFile('many', 20, 20)
    const { own, add, recorder } = create()
    const adding = add(...new Array<File>(500).fill(file))
    await recorder.next('files')
    await own.handle({ type: 'cancelFiles' })
    await adding
    const { added, last } = summarise(recorder.of('files'))
    expect(last).toMatchObject({ finished: true, total: 500, done: 500 })
    expect(added.length).toBeLessThan(500)
    expect(own.of('image').parts).toBe(added.length)
  })

  test('are so many at most; the rest is left out in one sentence', async () => {
    const file = await imageFile('many', 8, 8)
    const { add, recorder } = create({ mostFiles: 20 })
    await add(...new Array<File>(23).fill(file))
    const { added, refused, last } = summarise(recorder.of('files'))
    expect(added).toHaveLength(20)
    expect(refused).toMatchObject([{ file: 'many' }])
    expect(refused[0].message).toMatch(
      /^“many” and 2 more files were left out: 20 files.*Images.*Remove some/,
    )
    expect(last).toMatchObject({ done: 23, total: 23 })
  })

  test('are told about at most ten times a second', async () => {
    const file = await imageFile('many', 20, 20)
    const { add, recorder } = create()
    const begun = performance.now()
    await add(...new Array<File>(300).fill(file))
    const seconds = (performance.now() - begun) / 1000
    expect(recorder.of('files').length).toBeLessThanOrEqual(10 * seconds + 2) // the first at once, the last in any case
  })
})
