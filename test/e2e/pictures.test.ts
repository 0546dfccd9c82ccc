import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  clickLens,
  errorSquiggles,
  goToText,
  hoverAtCursor,
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

/** What the documentation shows. */
let session: Session
beforeAll(async () => {
  session = await openSession({}, { sample: 'retail' })
  await session.page.keyboard.press('Control+B') // the side bar says nothing here
})
afterAll(() => session?.close())
afterEach(() => startOver(session.page))

/** A scene begins at the features of a day and ends as a picture. */
function scene(title: string, play: (page: Page, text: string) => Promise<void>): void {
  test(title, () =>
    pictureOnFailure(session.page, title, async () => {
      const { page } = session
      await play(page, await openFile(page, session.file('daily.features.ts')))
      await picture(session, title)
    }),
  )
}

scene('problems', async (page, saved) => {
  const text = await typeOver(page, saved, 'day_revenue(revenue', 'day_revenue(revenu')
  const leftOver = await problems(page, "Cannot find name 'revenue'") // TypeScript's own, until the body follows
  await leftOver.waitFor()
  await typeOver(page, text, 'return revenue.sum()', 'return revenu.sum()')
  await leftOver.waitFor({ state: 'detached' })
  await (await problems(page, "No column or feature is named 'revenu'. Did you mean 'revenue'")).waitFor()
  await errorSquiggles(page).first().waitFor()
  await page.locator('.codelens-decoration', { hasText: 'returns revenu.sum()' }).first().waitFor()
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
  await hoverAtCursor(page, 'transactions.csv')
})

scene('lens', async (page, text) => {
  await goToText(page, text, 'export function day_margin_pct(')
  await clickLens(page, 'export function day_margin_pct(', '2 inputs')
  await quickPickRows(page, 'day_margin').first().waitFor()
})

/** The results of the model of a day, in the whole window. */
async function results(page: Page, tab: 'rows' | 'groups' | 'features') {
  await runCommand(page, 'ModelDriver: Run Model on Sample')
  const shown = await view(page, 'results')
  await shown.locator(`[data-tab=${tab}]`).click()
  await maximizeView(page)
  return shown
}

scene('features', async (page) => {
  const features = await results(page, 'features')
  await features.locator('tr[data-feature]').first().waitFor()
})

scene('graph', async (page, text) => {
  await goToText(page, text, 'export function day_margin_pct(')
  await clickLens(page, 'export function day_margin_pct(', 'reads only group features')
  const graph = await view(page, 'graph')
  await graph.locator('[data-node="daily/day_margin_pct"][data-tone=selected]').waitFor()
  await maximizeView(page)
  const lines = await graph
    .locator('[data-edge][data-tone=up], [data-edge][data-tone=down]')
    .evaluateAll((all) => all.map((line) => `${line.getAttribute('data-tone')} ${getComputedStyle(line).color}`))
  expect(lines.some((line) => line.startsWith('down'))).toBe(true)
  expect(lines.filter((line) => /rgba|\//.test(line))).toEqual([]) // half transparent
})

scene('results', async (page) => {
  const rows = await results(page, 'rows')
  await rows.locator('[data-row="0"][data-col=transaction_id]').waitFor()
})

scene('groups', async (page) => {
  const groups = await results(page, 'groups')
  await groups.locator('[data-row="0"][data-col=day_revenue]').click()
  await groups.locator('[data-panel]').waitFor()
})

scene('models', async (page) => {
  await page.getByRole('tab', { name: 'ModelDriver', exact: true }).click()
  const tree = page.locator('[id="workbench.view.extension.modeldriver"]')
  const daily = tree.getByRole('treeitem', { name: /^model, daily/ })
  await daily.waitFor()
  // Opened from below, so that what is above stays where it is.
  for (const part of ['Group features', 'Row features', 'Inputs']) {
    const top = (await daily.boundingBox())?.y ?? 0
    const parts = await tree.getByRole('treeitem', { name: part }).all()
    const places = await Promise.all(parts.map(async (each) => ({ each, y: (await each.boundingBox())?.y ?? 0 })))
    const [own] = places.filter(({ y }) => y > top).sort((one, other) => one.y - other.y)
    await own?.each.click()
  }
  for (const name of [/day_revenue/, /is_big_line/]) await tree.getByRole('treeitem', { name }).first().waitFor()
})
