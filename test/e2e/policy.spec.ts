import { expect } from '@playwright/test'
import { test } from './support/playground.ts'

test('the page runs no text as a program, neither its own nor what comes into it', async ({ playground }) => {
  const { page } = playground
  await playground.open()
  const outcomes = await page.evaluate(async () => {
    const inline = document.createElement('script')
    inline.textContent = 'globalThis.ranInline = true'
    document.body.append(inline)
    // Later, by the page itself: what a test evaluates is let through.
    const evaluated = await new Promise<string>((resolve) => {
      addEventListener('securitypolicyviolation', ({ blockedURI }) => {
        if (blockedURI === 'eval') resolve('refused')
      })
      setTimeout(() => {
        globalThis.eval('1')
        resolve('ran')
      })
    })
    return { evaluated, inline: 'ranInline' in globalThis }
  })
  expect(outcomes).toEqual({ evaluated: 'refused', inline: false })
  playground.wantedViolations.push('script-src-elem', 'script-src')
  playground.wantedErrors.push(expect.stringContaining('unsafe-eval'))
})
