import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  clickLens,
  errorSquiggles,
  goToText,
  lightBulb,
  maximizeView,
  openFile,
  problems,
  quickPickRows,
  runCommand,
  startOver,
  suggestions,
  typeOver,
  view,
} from '../support/workbench.ts'

/** What the README shows: the same scenes in a dark and in a light theme. */
const themes = [
  { name: 'dark', theme: 'Default Dark Modern' },
  { name: 'light', theme: 'Default Light Modern' },
]

describe.each(themes)('in the $name theme', ({ name, theme }) => {
  let session: Session
  beforeAll(async () => {
    session = await openSession({ 'workbench.colorTheme': theme })
    await session.page.keyboard.press('Control+B') // the side bar says nothing here
  })
  afterAll(() => session?.close())
  afterEach(() => startOver(session.page))

  /** A scene begins at the features of a day and ends as a picture. */
  function scene(title: string, play: (page: Page, text: string) => Promise<void>): void {
    test(title, () =>
      pictureOnFailure(session.page, `${title}-${name}`, async () => {
        const { page } = session
        await play(page, await openFile(page, session.file('retail', 'daily.features.ts')))
        await picture(page, `${title}-${name}`)
      }),
    )
  }

  scene('squiggle', async (page, saved) => {
    const text = await typeOver(page, saved, 'day_revenue(revenue', 'day_revenue(revenu')
    const leftOver = await problems(page, "Cannot find name 'revenue'") // TypeScript's own, until the body follows
    await leftOver.waitFor()
    await typeOver(page, text, 'return revenue.sum()', 'return revenu.sum()')
    await leftOver.waitFor({ state: 'detached' })
    await (await problems(page, "No column or feature is named 'revenu'. Did you mean 'revenue'")).waitFor()
    await errorSquiggles(page).first().waitFor()
    await page.locator('.codelens-decoration', { hasText: 'returns revenu.sum()' }).first().waitFor()
  })

  scene('repair', async (page, saved) => {
    const text = await typeOver(page, saved, 'day_revenue(revenue', 'day_revenue(revenu')
    await (await problems(page, "No column or feature is named 'revenu'. Did you mean 'revenue'")).waitFor()
    await page.keyboard.press('Control+J')
    await goToText(page, text, 'revenu) {')
    await (await lightBulb(page)).filter({ hasText: "Change to 'revenue'" }).waitFor()
  })

  scene('complete', async (page, saved) => {
    const text = await typeOver(page, saved, 'day_revenue(revenue', 'day_revenue(revenue, ')
    await goToText(page, text, ') {\n  return revenue.sum()')
    const rows = await suggestions(page)
    await rows.filter({ hasText: 'unit_price' }).first().waitFor()
    const details = page.locator('.suggest-details-container .suggest-details')
    await until('the details of the first', async () => {
      if (await details.isVisible()) return true
      await page.keyboard.press('Control+Space')
      await details.waitFor({ timeout: 3000 })
      return true
    })
  })

  scene('hover', async (page, text) => {
    await goToText(page, text, 'transaction_id) {')
    await page.keyboard.press('Control+K')
    await page.keyboard.press('Control+I')
    await page.locator('.monaco-hover', { hasText: 'transactions.csv' }).waitFor()
  })

  scene('lens', async (page, text) => {
    await goToText(page, text, 'export function day_margin_pct(')
    await clickLens(page, 'export function day_margin_pct(', '2 inputs')
    await quickPickRows(page, 'day_margin').first().waitFor()
  })

  scene('graph', async (page, text) => {
    await goToText(page, text, 'export function day_margin_pct(')
    await clickLens(page, 'export function day_margin_pct(', 'reads only group features')
    const graph = await view(page, 'graph')
    await graph.locator('[data-node="daily/day_margin_pct"][data-tone=selected]').waitFor()
    await maximizeView(page)
    await graph.getByRole('button', { name: 'Lineage' }).click()
    await graph.locator('[data-node="daily/busiest_hour"]').waitFor({ state: 'detached' })
    await graph.getByRole('button', { name: 'Fit' }).click()
    const lines = await graph
      .locator('[data-edge][data-tone=up], [data-edge][data-tone=down]')
      .evaluateAll((all) => all.map((line) => `${line.getAttribute('data-tone')} ${getComputedStyle(line).color}`))
    expect(lines.some((line) => line.startsWith('down'))).toBe(true)
    expect(lines.filter((line) => /rgba|\//.test(line))).toEqual([]) // half transparent
  })

  scene('results', async (page) => {
    await runCommand(page, 'ModelDriver: Run Model on Sample')
    const results = await view(page, 'results')
    await results.locator('[data-tab=groups]').click()
    await results.locator('[data-row="0"][data-col=day_revenue]:not(.loading)').click()
    await results.locator('[data-panel]').waitFor()
    await maximizeView(page)
  })
})
