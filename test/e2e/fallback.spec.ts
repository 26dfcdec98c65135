import { expect } from '@playwright/test'
import { findChromium, WEBGPU_ARGS } from '../support/chromium.ts'
import { test } from './support/playground.ts'

// Without this flag the browser has `navigator.gpu` and gives no adapter, as on a computer with an old driver.
const args = WEBGPU_ARGS.filter((arg) => arg !== '--enable-unsafe-webgpu')
test.use({ launchOptions: { ...findChromium(), args } })

test('trains without WebGPU, and says on what and why', async ({ playground }) => {
  await playground.open('batchSize=8&steps=60')
  const backend = playground.page.getByRole('button', {
    name: /(WebGL|WebAssembly|Plain JavaScript).*why this backend/,
  })
  await backend.click()
  const why = playground.page.getByRole('dialog', { name: 'Backend' })
  await expect(why).toContainText('Faster, but not here')
  await expect(why).toContainText(/WebGPU\. \w+/)
  await playground.page.keyboard.press('Escape')

  await playground.train.click()
  await expect.poll(() => playground.steps()).toBeGreaterThan(2)
})

test('trains on WebAssembly on a site that is isolated from others', async ({ playground }) => {
  await playground.page.route('**', async (route) => {
    const response = await route.fetch()
    const isolated = {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    }
    await route.fulfill({ response, headers: { ...response.headers(), ...isolated } })
  })
  await playground.open('preset=tiny&backend=wasm&batchSize=8&steps=60')
  expect(await playground.page.evaluate(() => crossOriginIsolated)).toBe(true)
  await playground.train.click()
  await expect.poll(() => playground.steps()).toBeGreaterThan(2)
})
