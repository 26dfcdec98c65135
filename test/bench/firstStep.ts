/** From the page's load to its first step, in a browser: npm run bench:page [-- --json]. Run `npm run build` first. */
import { chromium, type BrowserContext } from 'playwright'
import { preview } from 'vite'
import { median } from '../../src/engine/benchmark/statistics.ts'
import { findChromium, WEBGPU_ARGS } from '../support/chromium.ts'
import { digits } from './table.ts'

const VISITS = 5
const PAGE = '#modality=image&preset=tiny'

/** Milliseconds from the page's load until it shows its first step, for a browser that sees it first or again: medians. */
interface FirstStep {
  readonly first_visit_ms: number
  readonly later_visit_ms: number
}

const server = await preview({ preview: { port: 4175 } })
const address = server.resolvedUrls?.local[0]
if (address === undefined) throw new Error('The built page could not be served: run “npm run build” first.')
const measured = await measure(address)
await server.close()
console.log(process.argv.includes('--json') ? JSON.stringify(measured) : describe(measured))
process.exit(0)

async function measure(address: string): Promise<FirstStep> {
  const { executablePath, env } = findChromium()
  const first: number[] = []
  const later: number[] = []
  for (let i = 0; i < VISITS; i++) {
    const browser = await chromium.launch({ executablePath, env, args: WEBGPU_ARGS })
    const context = await browser.newContext()
    first.push(await visit(context, address))
    later.push(await visit(context, address))
    await browser.close()
    console.error(`visit ${i + 1} of ${VISITS}`)
  }
  return { first_visit_ms: median(first), later_visit_ms: median(later) }
}

/** Presses Train as soon as that is possible. */
async function visit(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage()
  await page.goto(`${address}${PAGE}`, { waitUntil: 'commit' })
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  const hasStepped = () => {
    const statuses = [...document.querySelectorAll<HTMLElement>('[role=status]')]
    return statuses.some(({ innerText }) => /step [1-9]/.test(innerText)) && performance.now()
  }
  const shown = await page.waitForFunction(hasStepped, undefined, { timeout: 120_000 })
  const milliseconds = Number(await shown.jsonValue())
  await page.close()
  return milliseconds
}

function describe({ first_visit_ms, later_visit_ms }: FirstStep): string {
  const seconds = (ms: number) => `${digits(ms / 1000)} s`
  return `From the page’s load to its first step: ${seconds(first_visit_ms)}; on a later visit ${seconds(later_visit_ms)}. (Tiny images, medians of ${VISITS} visits.)`
}
