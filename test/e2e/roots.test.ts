import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  cursorAt,
  lens,
  openFile,
  problems,
  runCommand,
  shownFile,
  startOver,
  typeOver,
  view,
} from '../support/workbench.ts'

/** Two folders side by side in one window, each with a project. */
let session: Session
beforeAll(async () => {
  session = await openSession({}, { roots: ['retail', 'property'] })
})
afterAll(() => session?.close())
afterEach(() => startOver(session.page))

test('each root has its own problems, graph and results', () =>
  pictureOnFailure(session.page, 'roots', async () => {
    const { page } = session
    const property = await openFile(page, session.file('property', 'property.features.ts'))
    const [, name = ''] = /export (?:const|function) (\w+)/.exec(property) ?? []
    await typeOver(page, property, `${name}(`, `${name}(nowhere, `)
    const wrong = await problems(page, "'nowhere'")
    await wrong.waitFor()
    const retail = await openFile(page, session.file('retail', 'daily.features.ts'))
    await typeOver(page, retail, 'day_revenue(revenue', 'day_revenue(revenu')
    await (await problems(page, "No column or feature is named 'revenu'")).waitFor()
    expect(await wrong.count()).toBe(1)

    await lens(page, 'per dt_date').first().waitFor()
    await runCommand(page, 'ModelDriver: Show Dependency Graph')
    await view(page, 'graph', async (frame) => (await frame.locator('[data-node="daily/day_revenue"]').count()) === 1)
    await openFile(page, session.file('property', 'property.features.ts'))
    await view(page, 'graph', async (frame) => (await frame.locator(`[data-node="property/${name}"]`).count()) === 1)
  }))

test('a run reads the data of its own root', () =>
  pictureOnFailure(session.page, 'roots-run', async () => {
    const { page } = session
    for (const [root, file] of [
      ['property', 'property.features.ts'],
      ['retail', 'transactions.features.ts'],
    ] as const) {
      await openFile(page, session.file(root, file))
      await runCommand(page, 'ModelDriver: Run Model on Sample')
      const data = root === 'property' ? 'property.csv' : 'transactions.csv'
      await view(page, 'results', async (frame) => (await frame.getByText(data).count()) > 0)
    }
  }))

test('the tree has the models of both; an entry leads to its code, its buttons to graph and run, its menu to its inputs', () =>
  pictureOnFailure(session.page, 'roots-tree', async () => {
    const { page } = session
    await page.getByRole('tab', { name: 'ModelDriver', exact: true }).click()
    const tree = page.locator('[id="workbench.view.extension.modeldriver"]')
    const entry = (name: RegExp) => tree.getByRole('treeitem', { name })
    await entry(/^model, property/).waitFor()
    // The groups of this model: those of others are called the same.
    await entry(/^model, daily, seq 2/).click()
    await page.keyboard.press('ArrowRight')
    const groups = tree.locator('.monaco-list-row.focused', { hasText: 'Group features' })
    await until('the group features of daily', async () => {
      if (!(await groups.isVisible())) await page.keyboard.press('ArrowDown')
      return groups.isVisible()
    })
    await page.keyboard.press('ArrowRight')
    const feature = entry(/^group feature, day_margin_pct/)
    await feature.click()
    await shownFile(page, 'daily.features.ts').waitFor()
    await cursorAt(page, readFileSync(session.file('retail', 'daily.features.ts'), 'utf8'), 'function day_margin_pct')
    await feature.hover()
    await feature.getByRole('button', { name: 'Show Dependency Graph' }).click()
    const chosen = '[data-node="daily/day_margin_pct"][data-tone=selected]'
    await view(page, 'graph', async (frame) => (await frame.locator(chosen).count()) === 1)
    await feature.hover()
    await feature.getByRole('button', { name: 'Run Model on Sample' }).click()
    const shown = '[data-header=day_margin_pct].chosen'
    await view(page, 'results', async (frame) => (await frame.locator(shown).count()) === 1)
    const inputs = page.locator('.quick-input-title', { hasText: 'Upstream inputs of day_margin_pct' })
    const entryOfMenu = page.getByRole('menuitem', { name: 'Show Upstream Inputs' })
    // A menu takes no click in its first moment.
    await until('the list of inputs', async () => {
      if (!(await entryOfMenu.isVisible())) await feature.click({ button: 'right' })
      await entryOfMenu.click({ timeout: 3000 })
      await inputs.waitFor({ timeout: 3000 })
      return true
    })
  }))
