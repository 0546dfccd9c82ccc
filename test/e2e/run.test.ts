import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  behindText,
  clickLens,
  focusEditor,
  goToText,
  openFile,
  problems,
  runCommand,
  startOver,
  typeAtEnd,
  typeOver,
  view,
} from '../support/workbench.ts'
import { csvRows } from './sample.ts'

/** Fewer than the receipts have. */
const sampleRows = 20_000
let session: Session
beforeAll(async () => {
  session = await openSession({ 'modeldriver.run.featureTimeoutSeconds': 1, 'modeldriver.sample.rows': sampleRows })
})
afterAll(() => session?.close())
afterEach(() => startOver(session.page))

function inFile(file: string, title: string, work: (text: string) => Promise<void>): void {
  test(title, () =>
    pictureOnFailure(session.page, title, async () => work(await openFile(session.page, session.file('retail', file)))),
  )
}

type Row = Readonly<Record<string, string>>

/** The receipt lines as a plain script reads them; those without a number of the receipt are set aside (modeldriver.json). */
const receiptLines = (): readonly Row[] =>
  csvRows(session.file('retail', 'data', 'transactions.csv')).filter((row) => row.transaction_id !== '')

/** What the sample calls revenue, worked out from the text of the file. */
const revenueOf = ({ quantity, unit_price, discount }: Row): number =>
  Math.round(Number(quantity) * Number(unit_price) * (1 - Number(discount || 0)) * 100) / 100

const counted = (count: number): string => count.toLocaleString('en-US')

/** Two decimals, as the grid shows amounts. */
const amount = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Waits until the results on the screen hold `expected` in a cell. */
async function expectCell(row: number, column: string, expected: string): Promise<void> {
  let seen: string | null = null
  await view(session.page, 'results', async (frame) => {
    const text = await frame.locator(`[data-row="${row}"][data-col="${column}"]`).textContent({ timeout: 1000 })
    // What a screen reader is told of a cell that the run before had otherwise.
    seen = text?.replace(/, changed$/, '') ?? null
    return seen === expected
  }).catch(() => expect(seen, `${column} of row ${row}`).toBe(expected))
}

inFile('transactions.features.ts', 'a run shows a value for every receipt line', async (text) => {
  const lines = receiptLines()
  await runFeature(text, 'export function revenue(')
  for (const at of [0, 5, 9]) await expectCell(at, 'revenue', amount(revenueOf(lines[at] ?? {})))
  const results = await view(session.page, 'results')
  const all = csvRows(session.file('retail', 'data', 'transactions.csv')).length
  await results.getByText(`Sample: the first ${counted(sampleRows)} of ${counted(all)} rows`).waitFor()
})

inFile('daily.features.ts', 'and for every day', async (text) => {
  const lines = receiptLines()
  await runFeature(text, 'export function day_revenue(')
  const results = await view(session.page, 'results')
  await results.locator('[data-tab=groups]').click()
  const firstDay = (lines[0]?.timestamp ?? '').slice(0, 10)
  const ofFirstDay = lines.filter(({ timestamp }) => timestamp?.startsWith(firstDay)).map(revenueOf)
  await expectCell(0, 'dt_date', firstDay)
  await expectCell(0, 'day_revenue', amount(ofFirstDay.reduce((sum, value) => sum + (value || 0), 0)))
  const days = [...new Set(lines.flatMap(({ timestamp }) => /^\d{4}-\d\d-\d\d/.exec(timestamp ?? '') ?? []))]
  const ofSecondDay = lines.filter(({ timestamp }) => timestamp?.startsWith(days[1] ?? '-')).map(revenueOf)
  await expectCell(1, 'dt_date', days[1] ?? '')
  await results.locator('[data-row="1"][data-col=day_revenue]').click()
  // In the code, too: its value, and of how many it was made.
  const sum = ofSecondDay.reduce((total, value) => total + (value || 0), 0)
  for (const text of [`= ${amount(sum)}`, `= ${counted(ofSecondDay.length)} rows`])
    await until(`'${text}' in the code`, async () =>
      (await behindText(session.page)).some((each) => each.includes(text)),
    )
  await results.locator('[data-trace=day_revenue] [data-input=revenue] button').click()
  // The rows of the group, and no others, until that is taken back.
  await results.locator('[data-tab=rows][aria-selected=true]').waitFor()
  const found = results.locator('.found', { hasText: `${counted(ofSecondDay.length)} of ` })
  await found.waitFor()
  await expectCell(0, 'revenue', amount(ofSecondDay[0] ?? Number.NaN))
  await results.getByRole('button', { name: 'Remove: Group 2 only' }).click()
  await found.waitFor({ state: 'detached' })
  // Each table has its own active cell and details.
  await results.locator('[data-tab=groups]').click()
  await results.locator('[data-row="1"][data-col=day_revenue].active').waitFor()
  await results.locator('[data-trace=day_revenue] [data-input=revenue]').waitFor()
  await results.locator('[data-tab=rows]').click()
  await results.locator('[data-row="0"][data-col=revenue].active').waitFor()
  await results.locator('[data-trace=revenue]').waitFor()
})

inFile('transactions.features.ts', 'what is on the screen is what runs, saved or not', async (saved) => {
  const { page } = session
  const [first] = receiptLines()
  const product = Number(first?.quantity) * Number(first?.unit_cost)
  const feature =
    '\nexport function typed_now(unit_cost: number, quantity: number) {\n  return unit_cost * quantity\n}\n'
  const text = await typeAtEnd(page, saved, feature)
  await clickLens(page, 'export function typed_now(', '▶ Run')
  await expectCell(0, 'typed_now', amount(product))
  await typeOver(page, text, 'unit_cost * quantity', 'unit_cost * quantity + 1000')
  await clickLens(page, 'export function typed_now(', '▶ Run')
  await expectCell(0, 'typed_now', amount(product + 1000))
})

inFile(
  'transactions.features.ts',
  'a feature that throws and one that never ends are told at their lines; the others have results',
  async (saved) => {
    const { page } = session
    const features = `
export function fine(unit_cost: number, quantity: number) {
  return quantity * unit_cost
}
export function thrower(quantity: number) {
  throw new Error('no such price list')
}
export function endless(quantity: number) {
  for (;;) quantity++
}
`
    const text = await typeAtEnd(page, saved, features)
    await clickLens(page, 'export function fine(', '▶ Run')
    const [first] = receiptLines()
    await expectCell(0, 'fine', amount(Number(first?.quantity) * Number(first?.unit_cost)))

    const lineOf = (snippet: string): number => text.slice(0, text.indexOf(snippet)).split('\n').length
    const thrown = `'thrower' failed at row 1: no such price list.*Ln ${lineOf("throw new Error('no such")},`
    const stopped = `'endless' was stopped after 1 s.*Ln ${lineOf('function endless')},`
    await (await problems(page, new RegExp(thrown, 's'))).waitFor()
    await (await problems(page, new RegExp(stopped, 's'))).waitFor()
    const results = await view(page, 'results')
    const told = results.locator('.run-problems')
    await told.getByText("'thrower' failed at row 1: no such price list").waitFor()
    await told.getByText("'endless' was stopped after 1 s").waitFor()
    expect(await page.locator('.notification-toast').allTextContents()).toEqual([])
    await results.locator('[data-tab=features]').click()
    await results.locator('tr[data-feature="thrower"][data-failed=true]').waitFor()
    await results.locator('tr[data-feature="endless"][data-failed=true]').waitFor()
    await results.locator('tr[data-feature="fine"][data-failed=false]').waitFor()
    await results
      .locator('.why-failed', { hasText: `First at row 1quantity = ${first?.quantity}` })
      .first()
      .waitFor()
    await page.keyboard.press('Control+J')
    await page.locator('.markers-panel').waitFor({ state: 'hidden' })
    await picture(session, 'failed')
    const isAt = (line: number) => page.locator('.statusbar-item', { hasText: `Ln ${line}, ` }).waitFor()
    await results.getByRole('button', { name: 'code of thrower' }).click()
    await isAt(lineOf("throw new Error('no such"))
    await results.getByRole('button', { name: 'fine', exact: true }).click()
    await results
      .locator('[data-panel=fine]')
      .getByRole('button', { name: /^Go to code/ })
      .click()
    await isAt(lineOf('function fine'))
  },
)

inFile(
  'transactions.features.ts',
  'a run is saved as expectation, met, and not met once a feature gives something else',
  async (text) => {
    const { page } = session
    await goToText(page, text, 'export function revenue(')
    await clickLens(page, 'export function revenue(', '▶ Run')
    await view(page, 'results')
    await runCommand(page, 'ModelDriver: Save This Run as Expectation')
    await page.locator('.quick-input-widget', { hasText: 'What should it be called?' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'transactions.expect.json' }).first().waitFor()
    const saved = readFileSync(session.file('retail', 'transactions.expect.json'), 'utf8')
    expect(JSON.parse(saved)).toMatchObject({ expectations: [{ model: 'transactions', rows: { length: 10 } }] })

    await runCommand(page, 'Test: Run All Tests')
    expect(saved).toContain('"hour":8')
    const item = (state: RegExp) => page.getByRole('treeitem', { name: state })
    await runCommand(page, 'Testing: Focus on Test Explorer View')
    await item(/transactions.expect.json.*Passed/).waitFor()
    await page.keyboard.press('ArrowDown')
    await item(/transactions.expect.json/)
      .first()
      .click()
    await page.keyboard.press('ArrowRight')
    await item(/first rows of transactions.*Passed/).waitFor()

    await openFile(page, session.file('retail', 'transactions.features.ts'))
    await typeOver(page, text, 'return quantity * unit_cost', 'return quantity * unit_cost + 1')
    await page.getByRole('tab', { name: 'Run Results' }).locator('.action-label').click()
    await runCommand(page, 'Test: Run All Tests')
    await item(/first rows of transactions.*Failed/).waitFor()
    await focusEditor(page)
    await until('the difference', async () => (await page.getByText(/cost of row 1: expected/).count()) > 0)
    await page
      .locator('.part.panel')
      .getByText(/cost of row 1: expected/)
      .first()
      .click()
    await page.locator('.part.panel .monaco-diff-editor').first().waitFor()
    await picture(session, 'expectations')
  },
)

/** Scrolls to a feature of the file and runs its model from the line above it. */
async function runFeature(text: string, declaration: string): Promise<void> {
  await goToText(session.page, text, declaration)
  await clickLens(session.page, declaration, '▶ Run')
}
