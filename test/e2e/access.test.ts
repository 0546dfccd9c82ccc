import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { type Session, sharedSession } from '../support/session.ts'
import { themes } from '../support/themes.ts'
import { clickLens, goToText, openFile, runCommand, view } from '../support/workbench.ts'

let session: Session
beforeAll(async () => {
  session = await sharedSession()
  const { page } = session
  const text = await openFile(page, session.file('retail', 'daily.features.ts'))
  await goToText(page, text, 'export function day_margin_pct(')
  await clickLens(page, 'export function day_margin_pct(', '▶ Run')
  await view(page, 'results')
  await page.keyboard.press('Control+1')
  await runCommand(page, 'ModelDriver: Show Dependency Graph')
  await view(page, 'graph')
})
afterAll(() => session?.close())

describe.each(themes)('in the theme $name', (theme) => {
  const { name } = theme

  test('the graph has no fault that axe knows, nor have its search and its menu', () =>
    pictureOnFailure(session.page, `axe-graph-${name}`, async () => {
      const { page } = session
      await page.getByRole('tab', { name: /^Graph/ }).click()
      const graph = await view(page, 'graph')
      await session.useTheme(theme)
      await graph.locator('[data-node="daily/day_margin_pct"][data-tone=selected]').waitFor()
      await picture(session, `graph-beside-${name}`)
      // Beside the code there is little room, and yet all that is known of the feature is read without scrolling.
      expect(await graph.locator('aside').evaluate((aside) => aside.scrollHeight - aside.clientHeight)).toBe(0)
      expect(await violations(graph)).toEqual([])
      const search = graph.getByRole('combobox')
      await search.fill('day_marg')
      await graph.getByRole('option').first().waitFor()
      expect(await violations(graph)).toEqual([])
      await search.fill('no such thing')
      await graph.getByRole('option').first().waitFor({ state: 'detached' })
      expect(await violations(graph)).toEqual([])
      await search.press('Escape')
      await graph.getByRole('button', { name: 'Export what is drawn' }).click()
      await graph.getByRole('menuitem').first().waitFor()
      expect(await violations(graph)).toEqual([])
      await graph.getByRole('menuitem').first().press('Escape')
    }))

  test('nor have the results: rows with the details of a cell, features, rows, the menus, a refused filter', () =>
    pictureOnFailure(session.page, `axe-results-${name}`, async () => {
      const { page } = session
      await page.getByRole('tab', { name: 'Run Results' }).click()
      const results = await view(page, 'results')
      await session.useTheme(theme)
      await results.locator('[data-tab=groups]').click()
      const cell = results.locator('[data-row="2"][data-col="dt_date"]')
      await cell.click()
      await results.locator('[data-panel=dt_date]').waitFor()
      await picture(session, `results-beside-${name}`)
      expect(await violations(results)).toEqual([])
      await results.locator('[data-filter=groups]').fill('no_such > 1')
      await results.locator('[data-filter=groups]').press('Enter')
      await results.locator('#refusal').waitFor()
      await results.getByRole('button', { name: 'Close details' }).click()
      await results.getByRole('button', { name: 'Columns that are shown' }).click()
      await results.locator('.menu').waitFor()
      expect(await violations(results)).toEqual([])
      await results.locator('.menu').press('Escape')
      await results.getByRole('button', { name: 'Clear filter' }).click()
      await results.locator('[data-tab=features]').click()
      await results.locator('tr[data-feature]').first().waitFor()
      expect(await violations(results)).toEqual([])
      await results.locator('[data-tab=rows]').click()
      await results.locator('[data-row="2"]').first().waitFor()
      await results
        .locator('.head')
        .first()
        .click({ button: 'right', position: { x: 30, y: 12 } })
      await results.locator('.menu').waitFor()
      expect(await violations(results)).toEqual([])
      await results.locator('.menu').press('Escape')
    }))
})
