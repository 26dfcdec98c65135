import { defineConfig } from '@playwright/test'
import { findChromium, WEBGPU_ARGS } from './test/support/chromium.ts'

const ADDRESS = 'http://localhost:4173'
const { executablePath, env } = findChromium()

/** The built app in a real browser. Run `npm run build` first. */
export default defineConfig({
  outputDir: 'test-results',
  workers: 1, // one software GPU
  projects: [
    { name: 'e2e', testDir: 'test/e2e', timeout: 180_000 },
    { name: 'soak', testDir: 'test/soak', timeout: 3 * 3600_000 },
  ],
  expect: { timeout: 60_000 }, // the first step compiles every kernel, on a CPU that others may share
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: ADDRESS,
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath, env, args: WEBGPU_ARGS },
    serviceWorkers: 'block', // each test would fetch the whole page for later; offline.spec lets it
    screenshot: 'only-on-failure',
  },
  webServer: {
    command: 'npx vite preview --port 4173 --strictPort',
    url: ADDRESS,
    reuseExistingServer: false,
  },
})
