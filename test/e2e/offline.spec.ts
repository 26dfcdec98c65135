import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

test.use({ serviceWorkers: 'allow' })

test('once loaded, the page trains without a network, on samples that it has not shown before, too', async ({
  playground,
  context,
}) => {
  const { page } = playground
  await playground.open()
  await page.evaluate(() => navigator.serviceWorker.ready)
  await context.setOffline(true)
  await page.reload()
  await playground.expectReady()
  await playground.tab('text').click()
  await playground.expectReady()
  await playground.step.click()
  await playground.expectPausedAt(1)
  await expect(playground.figure('Loss')).toContainText('Text')
})

test('the page can be installed: it says its name, its pictures are there, and so are the licences of what it is made of', async ({
  playground,
  request,
}) => {
  await playground.open()
  const manifest = await request.get('./manifest.webmanifest')
  const { name, icons } = (await manifest.json()) as { name: string; icons: { src: string }[] }
  expect(name).toBe('data2vec playground')
  for (const { src } of icons)
    expect((await request.get(`./${src}`)).headers()['content-type']).toMatch(/^image/)
  await expect(playground.page.getByRole('link', { name: 'Licences' })).toBeVisible()
  await playground.page.evaluate(() => navigator.serviceWorker.ready)
  await playground.page.reload() // from now on the service worker answers
  const opened = await playground.page.goto('./licences.md')
  expect(await opened?.text()).toContain('@tensorflow/tfjs-core')
})
