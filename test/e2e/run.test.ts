import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import {
  closeAllEditors,
  lens,
  openFile,
  problems,
  revert,
  runCommand,
  typeAtEnd,
  typeOver,
  view,
} from '../support/workbench.ts'
import { csvRows } from './sample.ts'

let session: Session
beforeAll(async () => {
  session = await openSession({ 'modeldriver.run.featureTimeoutSeconds': 1 })
})
afterAll(() => session?.close())

function inFile(file: string, title: string, work: (text: string) => Promise<void>): void {
  test(title, () =>
    pictureOnFailure(session.page, title, async () => {
      const text = await openFile(session.page, session.file('retail', file))
      await work(text)
      await revert(session.page)
    }),
  )
}

afterEach(() => closeAllEditors(session.page))

const cell = (row: number, column: string): string => `[data-row="${row}"][data-col="${column}"]`

/** The text of a cell of the results, once the results hold `expected` there. */
async function expectCell(row: number, column: string, expected: string): Promise<void> {
  const { page } = session
  let seen: string | undefined
  await view(page, 'results', async (frame) => {
    seen = await frame.locator(cell(row, column)).innerText({ timeout: 1000 })
    return seen === expected
  }).catch(() => expect(seen, `${column} of row ${row}`).toBe(expected))
}

/** Two decimals, as the grid shows amounts. */
const amount = (value: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

inFile('transactions.features.ts', 'a run shows what is on the screen, saved or not', async (saved) => {
  const { page } = session
  const feature =
    '\nexport function typed_now(quantity: number, unit_price: number) {\n  return quantity * unit_price\n}\n'
  const text = await typeAtEnd(page, saved, feature)
  const run = lens(page, '▶ Run').last()
  await lens(page, '2 inputs: quantity, unit_price').last().waitFor()
  await run.click()
  const rows = csvRows(session.file('retail', 'data', 'transactions.csv'))
  for (const at of [0, 1, 5]) {
    await expectCell(at, 'typed_now', amount(Number(rows[at]?.quantity) * Number(rows[at]?.unit_price)))
  }
  await typeOver(page, text, 'quantity * unit_price', 'quantity * unit_price + 1000')
  await runCommand(page, 'ModelDriver: Run Model on Sample')
  await expectCell(0, 'typed_now', amount(Number(rows[0]?.quantity) * Number(rows[0]?.unit_price) + 1000))
})

inFile(
  'transactions.features.ts',
  'a feature that throws and one that never ends are told at their lines; the others have results',
  async (saved) => {
    const { page } = session
    const features = `
export function fine(quantity: number) {
  return quantity * 3
}
export function thrower(quantity: number) {
  throw new Error('no such price list')
}
export function endless(quantity: number) {
  for (;;) quantity++
}
`
    const text = await typeAtEnd(page, saved, features)
    await lens(page, '1 input: quantity').last().waitFor()
    await runCommand(page, 'ModelDriver: Run Model on Sample')
    const results = await view(page, 'results', (frame) => frame.getByText('failed').first().isVisible())
    const rows = csvRows(session.file('retail', 'data', 'transactions.csv'))
    await results.locator('[data-tab=rows]').click()
    await expectCell(0, 'fine', String(Number(rows[0]?.quantity) * 3))

    const lineOf = (snippet: string): number => text.slice(0, text.indexOf(snippet)).split('\n').length
    for (const [message, snippet] of [
      ['no such price list', "throw new Error('no such"],
      ['endless', 'function endless'],
    ] as const) {
      const row = (await problems(page, message)).first()
      await row.waitFor()
      expect(await row.innerText()).toMatch(new RegExp(`Ln (${lineOf(snippet)}|${lineOf(snippet) + 1}),`))
    }

    await results.locator('[data-tab=features]').click()
    for (const name of ['thrower', 'endless']) {
      await results.locator(`tr[data-feature="${name}"][data-failed=true]`).waitFor()
    }
    await results.locator('tr[data-feature="fine"][data-failed=false]').waitFor()
  },
)
