import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { clone } from '../support/clone.ts'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { parentOf, processesOf } from '../support/processes.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  activeEditor,
  clickLens,
  editorText,
  errorPage,
  focusEditor,
  goToText,
  hoverAtCursor,
  isKept,
  openFile,
  pointAt,
  problems,
  quickPickRows,
  runCommand,
  typeAtEnd,
  typeOver,
  view,
} from '../support/workbench.ts'

/** One afternoon of somebody to whom everything happens; what they typed is never saved and never lost. */
let session: Session
let text = ''
beforeAll(async () => {
  session = await openSession({ 'modeldriver.run.featureTimeoutSeconds': 120 })
})
afterAll(() => session?.close())

function scene(title: string, work: (page: Page) => Promise<void>): void {
  test(title, () => pictureOnFailure(session.page, title, () => work(session.page)))
}

/** The processes of this window's extension that run a module of dist/. */
const processes = (module: string): readonly number[] => processesOf(dirname(session.file()), `/dist/${module}`)
const kill = (module: string): void => {
  for (const id of processes(module)) process.kill(id, 'SIGKILL')
}

const toast = (page: Page, words: string | RegExp) => page.locator('.notification-toast', { hasText: words })

/** The results with values of a feature, wherever they are scrolled to. */
const withValues = (page: Page, feature: string): Promise<Frame> =>
  view(page, 'results', async (frame) => /\d/.test((await frame.locator(cellOf(feature)).first().textContent()) ?? ''))
const cellOf = (feature: string): string => `[data-row][data-col="${feature}"]`

scene('the run process is killed in a feature: told at the feature; mended, it runs again', async (page) => {
  const saved = await openFile(page, session.file('retail', 'transactions.features.ts'))
  const feature = '\nexport function endless(quantity: number) {\n  for (;;) quantity++\n}\n'
  text = await typeAtEnd(page, saved, feature)
  await clickLens(page, 'export function endless(', '▶ Run')
  await toast(page, 'Running model').filter({ hasText: 'endless' }).waitFor()
  kill('runner.js')
  const said = "The run process was stopped from outside in 'endless' (SIGKILL)"
  const line = text.slice(0, text.indexOf('export function endless')).split('\n').length
  await (await problems(page, new RegExp(`stopped from outside in 'endless'.*Ln ${line},`, 's'))).waitFor()
  await page.keyboard.press('Control+J')
  const results = await errorPage(page, said)
  expect(await violations(results)).toEqual([])
  await results.getByRole('button', { name: 'Run again' }).click()
  await toast(page, 'Running model').filter({ hasText: 'endless' }).waitFor()
  // Where the results are out of sight, a message says it.
  await page
    .getByRole('tab', { name: 'Run Results' })
    .getByRole('button', { name: /^Close/ })
    .click()
  // The extension hears of the closed tab before it is asked for a hover.
  await goToText(page, text, 'endless(quantity')
  await hoverAtCursor(page, 'endless')
  await page.keyboard.press('Escape')
  kill('runner.js')
  await toast(page, said).getByRole('button', { name: 'Clear Notification' }).click()
  text = await typeOver(page, text, 'for (;;) quantity++', 'return quantity * 2')
  await clickLens(page, 'export function endless(', '▶ Run')
  await withValues(page, 'endless')
})

scene(
  'it is killed while nobody runs anything: said when rows are asked for, and *Run again* brings them',
  async (page) => {
    const results = await withValues(page, 'endless')
    kill('runner.js')
    await results.locator(cellOf('endless')).first().click()
    await results.locator('.grid').press('Control+End')
    const gone = await errorPage(page, 'The run process that held these results has ended. Run again to see them.')
    await gone.getByRole('button', { name: 'Run again' }).click()
    await withValues(page, 'endless')
  },
)

scene(
  'a run is cancelled, in the page, in its message and by command: the results before stay, out of sight as well',
  async (page) => {
    const before = await withValues(page, 'endless')
    await focusEditor(page)
    const edited = await typeOver(page, text, 'return quantity * 2', 'for (;;) quantity++')
    await clickLens(page, 'export function endless(', '▶ Run')
    await before.getByRole('button', { name: 'Cancel' }).click()
    const isKept = (results: Frame) =>
      until('the values of before', async () =>
        /\d/.test((await results.locator(cellOf('endless')).first().textContent()) ?? ''),
      )
    await isKept(await errorPage(page, 'The run was cancelled.'))
    await runCommand(page, 'ModelDriver: Show Dependency Graph')
    await graphWith(page, 'transactions/endless')
    await page.getByRole('tab', { name: 'Run Results' }).click()
    const again = await errorPage(page, 'The run was cancelled.')
    await isKept(again)
    await again.getByRole('button', { name: 'Run again' }).click()
    await toast(page, 'Running model').getByRole('button', { name: 'Cancel' }).click()
    const third = await errorPage(page, 'The run was cancelled.')
    await isKept(third)
    await third.getByRole('button', { name: 'Run again' }).click()
    await toast(page, 'Running model').waitFor()
    await runCommand(page, 'ModelDriver: Cancel Run')
    await isKept(await errorPage(page, 'The run was cancelled.'))
    await toast(page, 'Running model').waitFor({ state: 'detached' })
    await runCommand(page, 'ModelDriver: Cancel Run')
    await toast(page, 'No run is under way').waitFor()
    await focusEditor(page)
    text = await typeOver(page, edited, 'for (;;) quantity++', 'return quantity * 2')
  },
)

scene('the language server is killed: it is started again, and knows what was typed', async (page) => {
  await focusEditor(page)
  await runCommand(page, 'ModelDriver: Show Dependency Graph')
  await graphWith(page, 'transactions/endless')
  const [before] = processes('server.js')
  kill('server.js')
  await toast(page, 'The language server of ModelDriver ended and was started again.').waitFor()
  await until('another server', () => processes('server.js').some((id) => id !== before))
  text = await typeAtEnd(
    page,
    text,
    '\nexport function after_crash(endless: number, quantty: number) {\n  return endless\n}\n',
  )
  await graphWith(page, 'transactions/after_crash')
  await (await problems(page, "'quantty'")).waitFor()
  await page.keyboard.press('Control+J')
})

scene('killed again and again, it stays away until somebody starts it; commands say so', async (page) => {
  const stopped = toast(page, 'ended five times within three minutes')
  // Five servers have to start and end, which takes its time beside other work.
  await until(
    'the message',
    async () => {
      kill('server.js')
      return stopped.isVisible()
    },
    120_000,
  )
  expect(processes('server.js')).toEqual([])
  await focusEditor(page)
  const restart = page
    .locator('.hover-language-status .element', { hasText: 'Not running' })
    .getByRole('button', { name: 'Restart Server' })
  await pointAt(page, page.locator('[id="status.languageStatus"]'), restart)
  // What was drawn stays.
  await graphWith(page, 'transactions/after_crash')
  await stopped.getByRole('button', { name: 'Clear Notification' }).click()
  await runCommand(page, 'ModelDriver: Copy Diagnostics for a Bug Report')
  const copied = await until(
    'the report',
    async () => (await page.evaluate(() => navigator.clipboard.readText())) || undefined,
  )
  const { version } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'))
  expect(JSON.parse(copied)).toMatchObject({ modeldriver: version, server: 'not running', target: 'none' })
  await runCommand(page, 'ModelDriver: Show Log')
  await page.getByRole('tab', { name: /^Output/, selected: true }).waitFor()
  const channel = page.locator('.part.panel select')
  await until('the log of ModelDriver', () =>
    channel.evaluateAll((all) =>
      all.some((each) => (each as HTMLSelectElement).selectedOptions[0]?.text === 'ModelDriver'),
    ),
  )
  await page.keyboard.press('Control+J')
  await focusEditor(page)
  await runCommand(page, 'ModelDriver: Show Upstream Inputs')
  await toast(page, 'The language server of ModelDriver is not running')
    .getByRole('button', { name: 'Restart Server' })
    .click()
  // What was asked for goes on.
  await quickPickRows(page, 'endless').first().waitFor()
  await page.keyboard.press('Escape')
  text = await typeOver(page, text, 'quantty', 'quantitty')
  await (await problems(page, "'quantitty'")).waitFor()
  await page.keyboard.press('Control+J')
})

scene('the window is reloaded: the text that nobody saved, graph and results are there again', async (page) => {
  await page.getByRole('tab', { name: 'Run Results' }).click()
  const before = await errorPage(page, 'The run was cancelled.')
  // What was found before is kept only if the cancelled run let itself be stopped in time.
  await before.getByRole('button', { name: 'Run again' }).click()
  await before.locator('[data-filter=rows]').fill('quantity > 2')
  await until('the rows that fit', async () => {
    await before.locator('[data-filter=rows]').press('Enter')
    await before.locator('.found').waitFor({ timeout: 3000 })
    return true
  })
  await page.getByRole('tab', { name: /^Graph/ }).click()
  const graph = await graphWith(page, 'transactions/after_crash')
  await graph.getByRole('button', { name: 'Close or open daily' }).click()
  await graph.locator('[data-node="transactions/after_crash"]').click()
  await graph.getByRole('button', { name: 'Upstream', exact: true }).click()
  await graph.getByRole('combobox', { name: 'How many steps away' }).selectOption('1')
  await until('one step', async () => (await graph.locator('[data-node]').count()) === 3)
  for (let i = 0; i < 2; i++) await graph.getByRole('button', { name: 'Zoom out' }).click()
  drawn = await looks(graph)
  expect(drawn).toEqual(['Upstream', '1', expect.stringMatching(/%/), 'transactions/after_crash'])
  const zoom = await graph.locator('.world').evaluate(({ style }) => style.transform.match(/scale\((0\.\d)/)?.[1])
  for (const kept of ['quantity > 2', `"zoom":${zoom}`])
    await until(`VS Code's copy of ${kept}`, () => isKept(page, kept))
  // VS Code keeps what nobody saved about a second after it was typed.
  await until("VS Code's copy of what was typed", () => keptTexts().some((kept) => kept.includes('quantitty')))
  await page.reload()
  await page.getByRole('tab', { name: /transactions.features.ts/ }).waitFor()
  await page.locator('.tab.dirty', { hasText: 'transactions.features.ts' }).waitFor()
  // Which of the two is in front, VS Code writes down now and then.
  await page.getByRole('tab', { name: /^Graph/ }).click()
  expect(await looks(await graphWith(page, 'transactions/after_crash'))).toEqual(drawn)
  await picture(session, 'graph-reloaded')
  await page.getByRole('tab', { name: 'Run Results' }).click()
  const results = await errorPage(
    page,
    'The window or its extensions were started again. Run again to see the results.',
  )
  await results.getByText('These results are no longer kept').waitFor()
  await results.getByRole('button', { name: 'Run again' }).click()
  await isFiltered(await withValues(page, 'endless'))
  expect(await page.getByRole('tab', { name: /^(Graph|Run Results)/ }).count()).toBe(2)
  await focusEditor(page)
  await page.keyboard.press('Control+End')
  await until('the text at the end', async () => (await editorText(page)).includes('export function after_crash('))
  await activeEditor(page).locator('.view-line', { hasText: 'quantitty' }).first().waitFor()
})

scene('the extension host is killed: graph and results are alive again, and what was typed is there', async (page) => {
  const [server = 0] = processes('server.js')
  process.kill(parentOf(server), 'SIGKILL')
  await until('another server', () => processes('server.js').some((id) => id !== server))
  const results = await errorPage(
    page,
    'The window or its extensions were started again. Run again to see the results.',
  )
  await results.getByRole('button', { name: 'Run again' }).click()
  await isFiltered(await view(page, 'results'))
  await page.getByRole('tab', { name: /^Graph/ }).click()
  const graph = await graphWith(page, 'transactions/after_crash')
  expect(await looks(graph)).toEqual(drawn)
  await graph.getByRole('button', { name: 'All', exact: true }).click()
  await graph.locator('[data-node="daily"]').waitFor()
  expect(await graph.locator('[data-node^="daily/"]').count()).toBe(0)
  await page.locator('.tab.dirty', { hasText: 'transactions.features.ts' }).waitFor()
  text = await typeAtEnd(page, text, '\nexport function after_host(endless: number) {\n  return endless\n}\n')
  await graphWith(page, 'transactions/after_host')
  expect(await editorText(page)).toContain('export function after_crash(')
  expect(await page.getByRole('tab', { name: /^(Graph|Run Results)/ }).count()).toBe(2)
})

const graphWith = (page: Page, node: string): Promise<Frame> =>
  view(page, 'graph', async (frame) => (await frame.locator(`[data-node="${node}"]`).count()) === 1)

/** How the graph was looked at before the reload. */
let drawn: readonly (string | null)[] = []

/** Mode, steps, zoom and what is chosen. */
const looks = (graph: Frame): Promise<readonly (string | null)[]> =>
  Promise.all([
    graph.locator('.segments [aria-pressed=true]').textContent(),
    graph.locator('.depth').inputValue(),
    graph.locator('.zoom').textContent(),
    graph.locator('[data-node][data-tone=selected]').getAttribute('data-node'),
  ])

/** How the results were looked at is how they are again. */
async function isFiltered(results: Frame): Promise<void> {
  await results.locator('.found').waitFor()
  expect(await results.locator('[data-filter=rows]').inputValue()).toBe('quantity > 2')
}

/** What VS Code keeps of files that are not saved. */
function keptTexts(): readonly string[] {
  const folder = join(dirname(session.file()), 'user/User/Backups')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}
