import { expect } from '@playwright/test'
import { drop } from './support/drop.ts'
import { test } from './support/playground.ts'
import { drawnPng } from './support/png.ts'

const SIDE = 56
const BLACK = [0, 0, 0] as const
const WHITE = [255, 255, 255] as const

const file = (name: string, isWhite: (x: number, y: number) => boolean) => ({
  name,
  mimeType: 'image/png',
  buffer: drawnPng(SIDE, (x, y) => (isWhite(x, y) ? WHITE : BLACK)),
})

/** Upright stripes, each time elsewhere; and discs of several sizes: no clothes at all. */
const stripes = [0, 1, 2, 3, 4].map((shift) => file(`stripes ${shift}.png`, (x) => (x + shift) % 8 < 4))
const discs = [8, 12, 16, 20].map((radius) =>
  file(`disc ${radius}.png`, (x, y) => Math.hypot(x - SIDE / 2, y - SIDE / 2) < radius),
)

test('finds more of a new thing from a few examples, without a training step', async ({ playground }) => {
  await playground.open()
  const figure = playground.figure('Teach it something new')
  const zone = figure.locator('[data-takes-drops]')
  await drop(zone, [...stripes, ...discs])
  const tile = (name: string) => figure.getByRole('button', { name: `${name}: example` })
  await expect(tile('stripes 0.png')).toBeVisible({ timeout: 30_000 })
  await expect(playground.sampleSet('Fashion-MNIST')).toBeChecked() // nothing was added to the data

  await figure.getByLabel('The new thing is called').fill('stripes')
  await tile('stripes 0.png').click()
  await tile('stripes 2.png').click()
  const others = figure.getByRole('region', { name: 'The others, the surest first' })
  await expect(others).toBeVisible({ timeout: 60_000 })
  await expect(figure).toContainText('From 2 examples it takes')
  const names = (await others.getByRole('img').all()).map((image) => image.getAttribute('aria-label'))
  expect((await Promise.all(names)).slice(0, 3).toSorted()).toEqual([
    'stripes 1.png',
    'stripes 3.png',
    'stripes 4.png',
  ])
  await expect(others.getByRole('listitem').first()).toContainText(/([5-9]\d|100) % sure/)
  await expect(others.getByRole('listitem').last()).toHaveText(/^[1-4]?\d % sure/)

  await figure.getByRole('button', { name: 'stripes 4.png: not this' }).click()
  const not = figure.getByRole('region', { name: 'Not stripes' })
  await expect(not.getByRole('img')).toHaveAttribute('aria-label', 'stripes 4.png')
  await expect(figure).toContainText('From 2 examples and one counterexample it takes')
  await not.getByRole('button', { name: 'stripes 4.png: not this' }).click() // takes it back
  await expect(not).toBeHidden()
  await playground.expectPausedAt(0)
})
