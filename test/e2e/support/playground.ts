import { expect, test as base, type Locator, type Page } from '@playwright/test'
import { PHASES } from '../../../src/app/panels/announcement.ts'
import { MODALITIES, type ModalityName } from '../../../src/config/modalities.ts'

/** The page as a person knows it: every control by its name, every reading by where it stands. */
export class Playground {
  readonly page: Page
  readonly train: Locator
  readonly pause: Locator
  readonly step: Locator
  readonly trainAll: Locator
  readonly reset: Locator
  readonly status: Locator
  readonly form: Locator
  readonly dropZone: Locator
  /** Errors that a test brings about itself: their words, or what matches them. */
  readonly wantedErrors: unknown[] = []
  /** What a test has tried that the page's policy forbids, by the directive. */
  readonly wantedViolations: string[] = []

  constructor(page: Page) {
    this.page = page
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    this.train = button('Train')
    this.pause = button('Pause')
    this.step = button('Step')
    this.trainAll = button('Train all')
    this.reset = button('Reset')
    this.status = page.getByRole('status', { name: 'Training status' })
    this.form = page.getByRole('form', { name: 'Hyperparameters' })
    this.dropZone = page.getByRole('group', { name: 'Drop files' })
  }

  /** Opens the tiny preset and waits until it can train. @param settings what else stands in the link */
  async open(settings = '', modality: ModalityName = 'image'): Promise<void> {
    await this.page.goto(`./#modality=${modality}&preset=tiny${settings && `&${settings}`}`)
    await this.expectReady()
  }

  /** Waits until a run is open and makes no step. */
  async expectReady(): Promise<void> {
    await expect(this.status.getByText(PHASES.paused, { exact: true })).toHaveCount(1)
  }

  tab(modality: ModalityName): Locator {
    return this.page.getByRole('tab', { name: MODALITIES[modality].title })
  }

  /** What a person has added of a modality. */
  own(modality: ModalityName): Locator {
    return this.page.getByRole('listbox', { name: `My ${MODALITIES[modality].file.many}` })
  }

  figure(name: string): Locator {
    return this.page.getByRole('figure', { name, exact: true })
  }

  /** Asks what has been learnt: a slow machine does not measure that by itself. */
  async measure(): Promise<void> {
    await this.figure('What it has learnt').getByRole('button', { name: 'Measure now' }).click()
  }

  /** The form's box for a setting, by its title. */
  setting(title: string): Locator {
    return this.form.getByLabel(title, { exact: true }).and(this.page.locator('input[type=text]'))
  }

  sampleSet(name: string): Locator {
    return this.page.getByRole('radio', { name, exact: true })
  }

  /** Picks one of several by its label; the radio button itself is not seen. */
  async choose(name: string): Promise<void> {
    const radio = this.page.getByRole('radio', { name, exact: true })
    await this.page.locator('label').filter({ has: radio }).click()
    await expect(radio).toBeChecked()
  }

  /** Waits until exactly this many steps are done and no more are being made. */
  async expectPausedAt(step: number): Promise<void> {
    await expect(this.status).toContainText(`step ${step} of`)
    await this.expectReady()
  }

  /** Steps completed. */
  async steps(): Promise<number> {
    return firstNumber(await this.status.innerText(), /step ([\d,]+)/)
  }

  /** The smoothed loss of a modality's run now, as a share of the first step's; NaN before the first step. */
  async lossRatio(modality: ModalityName = 'image'): Promise<number> {
    const text = (await this.figure('Loss').textContent()) ?? ''
    const title = MODALITIES[modality].title
    const [, first, last] =
      new RegExp(`${title}: from ([\\d.,]+) at step [\\d,]+ to ([\\d.,]+) at step`).exec(text) ?? []
    return Number(last) / Number(first)
  }
}

function firstNumber(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1].replaceAll(',', ''))
}

interface Fixtures {
  readonly playground: Playground
}

/**
 * Fails at the end of a test in which the page asked another site for anything, did what its policy forbids, or left an
 * error unhandled.
 */
export const test = base.extend<Fixtures>({
  playground: async ({ page, baseURL }, use) => {
    const strangers: string[] = []
    const errors: string[] = []
    const violations: string[] = []
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (protocol.startsWith('http') && origin !== baseURL) strangers.push(request.url())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    await page.exposeFunction('noteViolation', (directive: string) => violations.push(directive))
    await page.addInitScript(() => {
      const { noteViolation } = globalThis as unknown as { noteViolation: (directive: string) => void }
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        noteViolation(effectiveDirective),
      )
    })
    const playground = new Playground(page)
    await use(playground)
    expect(strangers, 'requests to another site').toEqual([])
    expect(violations, 'violations of the policy').toEqual(playground.wantedViolations)
    expect(errors, 'unhandled errors').toEqual(playground.wantedErrors)
  },
})
