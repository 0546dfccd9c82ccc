import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Frame, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { manyFiles } from '../bench/features.ts'
import { windowSize } from '../support/browser.ts'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { type Session, sharedSession } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  clearMessages,
  clickLens,
  goToText,
  isKept,
  lens,
  maximizeView,
  openFile,
  runCommand,
  saveAs,
  startOver,
  typeOver,
  view,
} from '../support/workbench.ts'
import { csvRows } from './sample.ts'

let session: Session
let graph: Frame
let text = ''
/** Of `day_margin_pct`, as the results say it. */
let time = ''

beforeAll(async () => {
  session = await sharedSession()
  const { page } = session
  // The smaller window of the pictures has not all nodes that are clicked.
  await page.setViewportSize(windowSize)
  text = await openFile(page, session.file('retail', 'daily.features.ts'))
  await goToText(page, text, 'export function day_margin_pct(')
  await clickLens(page, 'export function day_margin_pct(', '▶ Run')
  const results = await view(page, 'results')
  await results.locator('[data-tab=features]').click()
  time = (await results.locator('[data-feature=day_margin_pct] .time').textContent()) ?? ''
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
  expect(time).toMatch(/^([\d.]+ m?s|kept)$/)
  expect((await node('daily/day_margin_pct').locator('.ran').textContent())?.split(' · ')[0]?.trim()).toBe(time)
  const hours = csvRows(session.file('retail', 'data', 'transactions.csv')).filter((row) => row.transaction_id !== '')
  expect(hours.some(({ timestamp }) => timestamp === '')).toBe(true)
  expect(await node('transactions/hour').locator('.ran').textContent()).toContain('% missing')
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
  await graph.getByRole('button', { name: 'Fit everything' }).click()
  await picture(session, 'graph-steps')
  const clicked = (await ids()).length
  await node('transactions').press('+')
  await until('those of another by key', async () => (await ids()).length > clicked)
  // A page that is out of sight is thrown away; the next one draws the same.
  const drawn = (await ids()).sort()
  await graph.locator('.world').evaluate(untilAtRest)
  // How large it is drawn is kept once that has come to rest.
  const zoom = await until('the zoom that is kept', async () => {
    const [text, transform] = [graph.locator('.zoom'), graph.locator('.world').getAttribute('style')]
    const scale = (await transform)?.match(/scale\((\d(\.\d{1,4})?)/)?.[1]
    return (await isKept(session.page, `"zoom":${scale}`)) && text.textContent()
  })
  await session.page.getByRole('tab', { name: 'Run Results' }).click()
  await view(session.page, 'results')
  await session.page.getByRole('tab', { name: /^Graph/ }).click()
  graph = await view(session.page, 'graph')
  expect((await ids()).sort()).toEqual(drawn)
  expect(await graph.locator('.zoom').textContent()).toBe(zoom)
  expect(await graph.getByRole('combobox', { name: 'How many steps away' }).inputValue()).toBe('1')
})

/** In the page: resolves once an element stands still, frame after frame. */
async function untilAtRest(element: Element): Promise<void> {
  let last: string | null = null
  for (let still = 0; still < 20; ) {
    await new Promise(requestAnimationFrame)
    const now = element.getAttribute('style')
    still = now === last ? still + 1 : 0
    last = now
  }
}

shows('a model is closed to its card and opened again', async () => {
  await graph.getByRole('button', { name: 'All', exact: true }).click()
  await node('transactions/revenue').waitFor()
  await node('daily/day_margin').press('-')
  await node('daily/day_margin').waitFor({ state: 'detached' })
  await node('daily').waitFor()
  await picture(session, 'graph-folded')
  await node('daily').click()
  await graph.getByRole('button', { name: 'Open the model' }).click()
  await node('daily/day_margin').waitFor()
})

const inTone = (id: string, tone: string) => node(id).and(graph.locator(`[data-tone=${tone}]`))

shows('the search lists what fits, and shows what steps or a closed model hide', async () => {
  const search = graph.getByRole('combobox', { name: 'Find column, feature or model' })
  await node('daily/day_margin').click()
  await graph.getByRole('button', { name: 'Downstream', exact: true }).click()
  await node('transactions/margin').waitFor({ state: 'detached' })
  await node('daily/day_margin_pct').waitFor()
  await graph.getByRole('button', { name: 'Upstream', exact: true }).click()
  await node('transactions/margin').waitFor()
  await node('daily/day_margin_pct').waitFor({ state: 'detached' })
  await search.fill('day_marg')
  const options = graph.getByRole('option')
  expect((await options.allTextContents()).slice(0, 2)).toEqual(['day_margin daily', 'day_margin_pct daily'])
  await search.press('ArrowDown')
  await graph.locator('[role=option][aria-selected=true]', { hasText: 'day_margin_pct' }).waitFor()
  await search.press('Enter')
  await inTone('daily/day_margin_pct', 'selected').waitFor()
  await search.fill('no such thing')
  await graph.getByText('Nothing is named like that.').waitFor()
  await search.press('Escape')
  expect(await search.inputValue()).toBe('')

  await graph.getByRole('button', { name: 'All', exact: true }).click()
  await graph.getByRole('button', { name: 'Close or open daily' }).click()
  await node('daily/top_line_product').waitFor({ state: 'detached' })
  await search.fill('top_line')
  await options.first().click()
  await inTone('daily/top_line_product', 'selected').waitFor()
  await until('it in sight', () => isInSight('daily/top_line_product'))
})

/** Whether a node is wholly on the canvas. */
const isInSight = async (id: string): Promise<boolean> => {
  const [box, canvas] = await Promise.all([node(id).boundingBox(), graph.locator('.canvas').boundingBox()])
  if (!box || !canvas) return false
  const isAcross = box.x >= canvas.x && box.x + box.width <= canvas.x + canvas.width
  return isAcross && box.y >= canvas.y && box.y + box.height <= canvas.y + canvas.height
}

shows('buttons zoom, the small drawing moves the large one', async () => {
  const { page } = session
  const zoom = async () => Number.parseInt((await graph.locator('.zoom').textContent()) ?? '', 10)
  const start = await zoom()
  await graph.getByRole('button', { name: 'Zoom in' }).click()
  await until('larger', async () => (await zoom()) > start)
  await graph.getByRole('button', { name: 'Zoom out' }).click()
  await until('as before', async () => (await zoom()) === start)
  for (let i = 0; i < 4; i++) await graph.getByRole('button', { name: 'Zoom in' }).click()
  const map = await graph.locator('.mini-map').boundingBox()
  const { width } = (await graph.locator('.canvas').boundingBox()) ?? {}
  if (!map || width === undefined) throw new Error('no small drawing')
  const [first, last] = ['transactions/quantity', 'customer_profile']
  await page.mouse.click(map.x + 8, map.y + map.height / 2)
  await until('the left end', async () => (await left(first)) >= 0 && (await left(first)) < width * 0.6)
  await page.mouse.move(map.x + 8, map.y + map.height / 2)
  await page.mouse.down()
  await page.mouse.move(map.x + map.width - 8, map.y + map.height / 2, { steps: 4 })
  await until('the right end', async () => (await left(last)) < width * 0.8 && (await left(first)) < 0)
  await page.mouse.up()
  await graph.getByRole('button', { name: 'Fit everything into view' }).click()
  await until('all of it', async () => (await isInSight(first)) && (await isInSight(last)))
})

/** Where a node begins, from the left edge of the canvas. */
const left = async (id: string): Promise<number> => {
  const [box, canvas] = await Promise.all([node(id).boundingBox(), graph.locator('.canvas').boundingBox()])
  return (box?.x ?? Number.NaN) - (canvas?.x ?? Number.NaN)
}

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
    await saveAs(page, `-graph.${ending}`, path)
    await until(path, async () => readFileSync(path, 'utf8').startsWith(begins))
    if (ending === 'mmd') expect(readFileSync(path, 'utf8')).toContain('"day_margin_pct"')
  }
  await clearMessages(page)
})

shows('the graph leads to the code, and the code to the graph', async () => {
  const { page } = session
  await runCommand(page, 'View: Toggle Maximize Editor Group')
  const at = (feature: string) => {
    const line = text.slice(0, text.indexOf(`export function ${feature}(`)).split('\n').length
    return page.locator('.statusbar-item', { hasText: `Ln ${line}, Col` })
  }
  await goToText(page, text, 'export function receipts(')
  await inTone('daily/receipts', 'selected').waitFor()
  await goToText(page, text, 'return hour.mode()')
  await inTone('daily/busiest_hour', 'selected').waitFor()
  await until('it in sight', () => isInSight('daily/busiest_hour'))

  const details = graph.locator('[data-inspector]')
  const listed = (title: string, name: string) =>
    details.locator('section', { hasText: title }).getByRole('button', { name })
  await node('daily/revenue_per_receipt').click()
  await listed('Inputs', 'receipts').click()
  await graph.locator('[data-inspector="daily/receipts"]').waitFor()
  await inTone('daily/revenue_per_receipt', 'down').waitFor()
  await listed('Used by', 'revenue_per_receipt').click()
  await graph.locator('[data-inspector="daily/revenue_per_receipt"]').waitFor()
  await goToText(page, text, 'export function month(')
  await inTone('daily/month', 'selected').waitFor()
  await details.getByRole('button', { name: /^Go to code/ }).click()
  await at('month').waitFor()
  await goToText(page, text, 'export function day_name(')
  await inTone('daily/day_name', 'selected').waitFor()
  await node('daily/month').dblclick()
  await at('month').waitFor()
})

shows('an edit makes what the run said old, a failing feature says so, a cycle is red and dashed', async () => {
  const { page } = session
  const fails = "if (receipts > 0) throw new Error('closed'); return day_revenue / receipts"
  text = await typeOver(page, text, 'return day_revenue / receipts', fails)
  await node('daily/revenue_per_receipt').locator('.ran.stale').waitFor()
  await graph.locator('.status', { hasText: 'Values of the last run, before the last change' }).waitFor()
  await graph.getByRole('combobox', { name: 'Find column, feature or model' }).fill('daily')
  await graph.getByRole('option', { name: 'daily daily', exact: true }).click()
  await graph.getByRole('button', { name: 'Run on sample' }).click()
  await view(page, 'results', async (frame) => (await frame.getByText('closed').count()) > 0)
  await page.getByRole('tab', { name: /^Graph/ }).click()
  graph = await view(page, 'graph')
  const failed = node('daily/revenue_per_receipt').and(graph.locator('[data-run=failed]'))
  await failed.locator('.ran.failed', { hasText: 'failed' }).waitFor()
  expect(await graph.locator('.ran.stale').count()).toBe(0)

  text = await typeOver(page, text, 'day_revenue(revenue)', 'day_revenue(revenue, revenue_per_receipt)')
  const edge = (ends: string) => graph.locator(`[data-edge="${ends}"] .line`)
  const circular = edge('daily/revenue_per_receipt->daily/day_revenue')
  await circular.waitFor({ state: 'attached' })
  const look = (line: Locator) =>
    line.evaluate((element) => {
      const { stroke, strokeDasharray } = getComputedStyle(element)
      return { stroke, strokeDasharray }
    })
  const wrong = await graph.locator('.legend .cycle').evaluate((sample) => getComputedStyle(sample).borderTopColor)
  expect(await look(circular)).toEqual({ stroke: wrong, strokeDasharray: '5px, 4px' })
  expect(await look(edge('daily/receipts->daily/revenue_per_receipt'))).not.toMatchObject({ stroke: wrong })
  await node('daily/day_revenue').click()
  const way = 'day_revenue → revenue_per_receipt → day_revenue'
  await graph.locator('[data-inspector] .problem', { hasText: `'day_revenue' depends on itself: ${way}.` }).waitFor()
  await clearMessages(page)
  await maximizeView(page)
  await graph.getByRole('button', { name: 'Lineage', exact: true }).click()
  await graph.getByRole('combobox', { name: 'How many steps away' }).selectOption('1')
  await until('one step', async () => (await ids()).length === 6)
  await graph.getByRole('button', { name: 'Fit everything' }).click()
  await picture(session, 'graph-cycle')
  await runCommand(page, 'View: Toggle Maximize Editor Group')
})

shows('a pipeline of hundreds of features opens small, and is drawn whole when one asks', async () => {
  const { page } = session
  mkdirSync(session.file('large'))
  for (const [path, text] of manyFiles(4, 100)) writeFileSync(session.file('large', path), text)
  cpSync(session.file('retail', 'tsconfig.json'), session.file('large', 'tsconfig.json'))
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
