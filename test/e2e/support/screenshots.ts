import { mkdirSync } from 'node:fs'
import type { Page, TestInfo } from '@playwright/test'

const FOLDER = 'test-results/screenshots'

const VIEWS = [
  { name: 'desktop-light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'desktop-dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'phone-light', width: 360, height: 800, colorScheme: 'light' },
  { name: 'phone-dark', width: 360, height: 800, colorScheme: 'dark' },
] as const

/** Keeps pictures of the page as it is now, for a person to judge: on a desk and in the hand, in light and dark. */
export async function screenshots(page: Page, info: TestInfo): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  for (const { name, colorScheme, ...size } of VIEWS) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(size)
    const path = `${FOLDER}/${name}.png`
    await page.screenshot({ path, animations: 'disabled' })
    await info.attach(name, { path, contentType: 'image/png' })
  }
}
