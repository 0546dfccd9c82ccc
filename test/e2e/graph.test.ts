import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Frame } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manyFiles } from '../bench/features.ts'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import { clickLens, goToText, lens, maximizeView, openFile, runCommand, startOver, view } from '../support/workbench.ts'

let session: Session
let graph: Frame

beforeAll(async () => {
  session = await openSession({ 'files.simpleDialog.enable': true })
  const { page } = session
  const text = await openFile(page, session.file('retail', 'daily.features.ts'))
  await goToText(page, text, 'export function day_margin_pct(')
  await clickLens(page, 'export function day_margin_pct(', '▶ Run')
  await view(page, 'results')
  await page.keyboard.press('Control+1')
  await runCommand(page, 'ModelDriver: Show Dependency Graph')
  graph = await view(page, 'graph')
  await maximizeView(page)
})
afterAll(() => session?.close())

function shows(title: string, work: () => Promise<void>): void {
  test(title, () => pictureOnFailure(session.page, title, work))
}

const node = (id: string) => graph.locator(`[data-node="${id}"]`)
const ids = () => graph.locator('[data-node]').evaluateAll((nodes) => nodes.map((one) => one.getAttribute('data-node')))

shows('after a run each node says its time, and what is missing', async () => {
  await node('daily/day_margin_pct').and(graph.locator('[data-run=done]')).waitFor()
  expect(await node('daily/day_margin_pct').locator('.ran').textContent()).toMatch(/ms|kept/)
  await picture(session, 'graph-run')
})

shows('steps around a feature, and more of them where one asks', async () => {
  await node('daily/day_margin_pct').click()
  await graph.getByRole('button', { name: 'Upstream', exact: true }).click()
  await graph.getByRole('combobox', { name: 'How many steps away' }).selectOption('1')
  await until('one step', async () => (await ids()).length === 3)
  expect([...(await ids())].sort()).toEqual(['daily/day_margin', 'daily/day_margin_pct', 'daily/day_valid_revenue'])
  await node('daily/day_margin').locator('[data-more]').click()
  await until('its neighbours', async () => (await ids()).length > 3)
  await node('daily/day_margin').waitFor()
  await picture(session, 'graph-steps')
  // A page that is out of sight is thrown away; the next one draws the same.
  const drawn = (await ids()).sort()
  const zoom = await graph.locator('.zoom').textContent()
  await session.page.getByRole('tab', { name: 'Run Results' }).click()
  await view(session.page, 'results')
  await session.page.getByRole('tab', { name: /^Graph/ }).click()
  graph = await view(session.page, 'graph')
  expect((await ids()).sort()).toEqual(drawn)
  expect(await graph.locator('.zoom').textContent()).toBe(zoom)
  expect(await graph.getByRole('combobox', { name: 'How many steps away' }).inputValue()).toBe('1')
})

shows('a model is closed to its card and opened again', async () => {
  await graph.getByRole('button', { name: 'All', exact: true }).click()
  await node('transactions/revenue').waitFor()
  const fold = graph.getByRole('button', { name: 'Close or open daily' })
  await fold.click()
  await node('daily/day_margin').waitFor({ state: 'detached' })
  await node('daily').waitFor()
  await picture(session, 'graph-folded')
  await node('daily').click()
  await graph.getByRole('button', { name: 'Open the model' }).click()
  await node('daily/day_margin').waitFor()
})

shows('what is drawn is exported as picture and as text', async () => {
  const { page } = session
  for (const [entry, ending, begins] of [
    ['SVG picture…', 'svg', '<svg '],
    ['PNG picture…', 'png', '\uFFFDPNG'],
    ['Mermaid text…', 'mmd', 'flowchart LR'],
    ['Graphviz DOT text…', 'dot', 'digraph {'],
  ] as const) {
    await graph.getByRole('button', { name: 'Export what is drawn' }).click()
    await graph.getByRole('menuitem', { name: entry }).click()
    const path = join(session.file('retail'), `out.${ending}`)
    const input = page.locator('.quick-input-widget input')
    await until('the proposed name', async () => (await input.inputValue()).endsWith(`-graph.${ending}`))
    await input.fill(path)
    await page.keyboard.press('Enter')
    await until(path, async () => readFileSync(path, 'utf8').startsWith(begins))
    if (ending === 'mmd') expect(readFileSync(path, 'utf8')).toContain('"day_margin_pct"')
  }
})

shows('a pipeline of hundreds of features opens small, and is drawn whole when one asks', async () => {
  const { page } = session
  mkdirSync(session.file('large'))
  for (const [path, text] of manyFiles(4, 100)) writeFileSync(session.file('large', path), text)
  await startOver(page)
  await openFile(page, session.file('large', 'f2.features.ts'))
  await lens(page, 'used by').first().waitFor()
  await runCommand(page, 'ModelDriver: Show Dependency Graph')
  const saying = (text: string) => (frame: Frame) => frame.locator('.status', { hasText: text }).isVisible()
  graph = await view(page, 'graph', saying('not drawn'))
  expect((await ids()).length).toBeLessThan(300)
  await graph.getByRole('button', { name: 'All', exact: true }).click()
  await view(page, 'graph', saying('405 nodes'))
  await page.keyboard.press('Control+2')
  await openFile(page, session.file('large', 'f1.features.ts'))
  await page.getByRole('tab', { name: /^Graph/ }).click()
  graph = await view(page, 'graph', saying('405 nodes'))
  await maximizeView(page)
  // The card has all features as outputs, which no model reads.
  await graph.locator('aside button', { hasText: 'big' }).click()
  await node('big').locator('.others', { hasText: '400 outputs' }).waitFor()
  await picture(session, 'graph-large')
  await graph.getByRole('button', { name: 'Lineage', exact: true }).click()
  graph = await view(page, 'graph', saying('not drawn'))
})
