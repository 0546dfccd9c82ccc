import { dirname } from 'node:path'
import type { Frame } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Dress, dressOf, violations, violationsIn } from '../support/axe.ts'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { processesOf } from '../support/processes.ts'
import { type Session, sharedSession } from '../support/session.ts'
import { themes } from '../support/themes.ts'
import {
  clickLens,
  errorPage,
  goToText,
  openFile,
  runCommand,
  typeAtEnd,
  typeOver,
  view,
} from '../support/workbench.ts'

/** One that fails, and two that read each other. */
const wrongFeatures = `
export function shut(day_revenue) {
  throw new Error('no such price list')
}
export function hen(egg) {
  return egg
}
export function egg(hen) {
  return hen
}
`

let session: Session
let text = ''
const dresses = new Map<string, Dress>()

/** Two runs, so that the second has cells that changed. */
beforeAll(async () => {
  session = await sharedSession()
  const { page } = session
  text = await openFile(page, session.file('retail', 'daily.features.ts'))
  await goToText(page, text, 'export function day_margin_pct(')
  await clickLens(page, 'export function day_margin_pct(', '▶ Run')
  await view(page, 'results')
  text = await typeAtEnd(page, text, wrongFeatures)
  text = await typeOver(page, text, 'return revenue.sum()', 'return revenue.sum() + 1')
  const results = await turnTo('results')
  await results.getByRole('button', { name: 'Run again' }).click()
  await results.locator('.status .changes').waitFor()
  await goToText(page, text, 'export function day_margin_pct(')
  await runCommand(page, 'ModelDriver: Show Dependency Graph')
  await view(page, 'graph')
})
afterAll(() => session?.close())

/** The page of one of the two tabs beside the code. */
async function turnTo(name: 'graph' | 'results'): Promise<Frame> {
  await session.page.getByRole('tab', { name: name === 'graph' ? /^Graph/ : 'Run Results' }).click()
  return view(session.page, name)
}

const cell = (results: Frame) => results.locator('[data-row="2"][data-col=day_revenue]')

describe.each(themes)('in the theme $name', (theme) => {
  const { name } = theme

  test('the results have no fault that axe knows: groups with changed and marked cells, and the details of one', () =>
    pictureOnFailure(session.page, `axe-results-${name}`, async () => {
      const results = await turnTo('results')
      await session.useTheme(theme)
      await results.locator('[data-tab=groups]').click()
      await cell(results).click()
      await results.locator('[data-trace=day_revenue] [data-input=revenue]').waitFor()
      await cell(results).and(results.locator('.changed')).waitFor()
      await results.locator('.grid').press('Shift+ArrowDown')
      await results.locator('[data-selection="2"]').waitFor()
      await picture(session, `results-beside-${name}`)
      dresses.set(name, await dressOf(results))
      expect(await violations(results)).toEqual([])
    }))

  test('nor has the graph with a failed feature, a cycle and the values of a cell', () =>
    pictureOnFailure(session.page, `axe-graph-${name}`, async () => {
      const graph = await turnTo('graph')
      await graph.locator('[data-node="daily/day_revenue"][data-tone=selected] .traced').waitFor()
      await graph.locator('[data-node="daily/shut"] .ran.failed').waitFor()
      await graph.locator('.edge.in-cycle').first().waitFor({ state: 'attached' })
      await picture(session, `graph-beside-${name}`)
      // Beside the code there is little room, and yet all that is known of the feature is read without scrolling.
      expect(await graph.locator('aside').evaluate((aside) => aside.scrollHeight - aside.clientHeight)).toBe(0)
      expect(await violations(graph)).toEqual([])
    }))
})

test('nor has the graph in any of them while something is searched, or in its menu', () =>
  pictureOnFailure(session.page, 'axe-search', async () => {
    expect([...dresses.keys()]).toEqual(themes.map(({ name }) => name))
    const graph = await turnTo('graph')
    const search = graph.getByRole('combobox')
    await search.fill('day_marg')
    await graph.getByRole('option').first().waitFor()
    expect(await violationsIn(dresses, graph)).toEqual([])
    await search.fill('no such thing')
    await graph.getByRole('option').first().waitFor({ state: 'detached' })
    expect(await violationsIn(dresses, graph)).toEqual([])
    await search.press('Escape')
    await graph.getByRole('button', { name: 'Export what is drawn' }).click()
    await graph.getByRole('menuitem').first().waitFor()
    expect(await violationsIn(dresses, graph)).toEqual([])
    await graph.getByRole('menuitem').first().press('Escape')
  }))

test('nor have the results: features, rows, the menus, a condition beside a refused one', () =>
  pictureOnFailure(session.page, 'axe-tabs', async () => {
    const results = await turnTo('results')
    const header = results.locator('[data-header=day_revenue]')
    await header.click({ button: 'right', position: { x: 30, y: 12 } })
    await results.getByRole('menuitem', { name: 'Show changed only' }).click()
    await results.locator('.chip').waitFor()
    await results.locator('[data-filter=groups]').fill('no_such > 1')
    await results.locator('[data-filter=groups]').press('Enter')
    await results.locator('#refusal').waitFor()
    await results.getByRole('button', { name: 'Columns that are shown' }).click()
    await results.locator('.menu').waitFor()
    expect(await violationsIn(dresses, results)).toEqual([])
    await results.locator('.menu').press('Escape')
    await results.getByRole('button', { name: 'Clear filter' }).click()
    await results.getByRole('button', { name: /^Remove: Changed/ }).click()
    await results.locator('[data-tab=features]').click()
    await results.locator('tr[data-feature=shut][data-failed=true]').waitFor()
    expect(await violationsIn(dresses, results)).toEqual([])
    await results.locator('[data-tab=rows]').click()
    await results.locator('[data-row="2"]').first().waitFor()
    await results
      .locator('.head')
      .first()
      .click({ button: 'right', position: { x: 30, y: 12 } })
    await results.locator('.menu').waitFor()
    expect(await violationsIn(dresses, results)).toEqual([])
    await results.locator('.menu').press('Escape')
    await results.locator('[data-tab=groups]').click()
    await cell(results).waitFor()
  }))

test('nor has a page while it runs, with what the run before said, and where there is nothing to show', () =>
  pictureOnFailure(session.page, 'axe-states', async () => {
    const { page } = session
    await typeOver(page, text, "throw new Error('no such price list')", 'for (;;) day_revenue')
    let results = await turnTo('results')
    await results.getByRole('button', { name: 'Run again' }).click()
    await results.locator('.run-bar', { hasText: 'Running daily' }).waitFor()
    await results.locator('[data-header=day_margin]').click({ position: { x: 30, y: 12 } })
    await results.locator('.waits').waitFor()
    expect(await violationsIn(dresses, results)).toEqual([])

    // The results of the run before are lost with it.
    for (const id of processesOf(dirname(session.file()), '/dist/runner.js')) process.kill(id, 'SIGKILL')
    await errorPage(page, 'was stopped from outside')
    const graph = await turnTo('graph')
    await graph.locator('.ran.stale').first().waitFor()
    expect(await violationsIn(dresses, graph)).toEqual([])
    // What it is told where no server answers.
    await graph.evaluate(() => postMessage({ kind: 'error', message: 'No model is known for this file.' }))
    await graph.locator('.notice', { hasText: 'No graph to show' }).waitFor()
    expect(await violationsIn(dresses, graph)).toEqual([])

    await page.getByRole('tab', { name: 'Run Results' }).click()
    results = await errorPage(page, 'The run did not finish')
    expect(await violationsIn(dresses, results)).toEqual([])
    await results.getByRole('button', { name: 'Run again' }).click()
    await results.locator('h1', { hasText: 'Running daily' }).waitFor()
    expect(await violationsIn(dresses, results)).toEqual([])
    await results.getByRole('button', { name: 'Cancel' }).click()
    await errorPage(page, 'The run was cancelled.')
  }))
