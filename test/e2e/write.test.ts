import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { pictureOnFailure } from '../support/pictures.ts'
import { type Session, sharedSession } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  cursorAt,
  editorText,
  errorSquiggles,
  focusEditor,
  goToText,
  lens,
  lightBulb,
  openFile,
  pointAt,
  problems,
  quickPickRows,
  runCommand,
  shownFile,
  startOver,
  suggestions,
  typeAtEnd,
  typeOver,
  view,
} from '../support/workbench.ts'
import { signatures } from './sample.ts'

let session: Session
beforeAll(async () => {
  session = await sharedSession()
})
afterAll(() => session?.close())

const transactions = (): string => session.file('retail', 'transactions.features.ts')

function scene(title: string, work: () => Promise<void>): void {
  test(title, () => pictureOnFailure(session.page, title, work))
}

/** A test at the transactions' features; what it types is taken back. */
function atTransactions(title: string, work: (text: string) => Promise<void>): void {
  scene(title, async () => work(await openFile(session.page, transactions())))
}

afterEach(() => startOver(session.page))

describe('while writing', () => {
  atTransactions(
    'a typo is marked and listed with the column that was meant, and no more when it is mended',
    async (saved) => {
      const { page } = session
      await lens(page, '▶ Run').first().waitFor()
      expect(await errorSquiggles(page).count()).toBe(0)
      const mistake = '\nexport function doubled(quantty: number) {\n  return quantty * 2\n}\n'
      const text = await typeAtEnd(page, saved, mistake)
      await errorSquiggles(page).first().waitFor()
      const listed = await problems(page, "No column or feature is named 'quantty'. Did you mean 'quantity'?")
      await listed.waitFor()
      expect(await listed.textContent()).toContain('MD001')
      const halfMended = await typeOver(page, text, '(quantty', '(quantity')
      await typeOver(page, halfMended, 'return quantty', 'return quantity')
      await listed.waitFor({ state: 'detached' })
      await until('the mark to go', async () => (await errorSquiggles(page).count()) === 0)
    },
  )

  atTransactions('the line above a feature says its level and why, its inputs and its users', async (saved) => {
    const { page } = session
    const features = `
/** Made of two columns. */
export function upstream_one(quantity: number, unit_price: number) {
  return quantity * unit_price
}
/** Made of a feature. */
export function upstream_two(upstream_one: number, discount: number) {
  return upstream_one - discount
}
`
    const text = await typeAtEnd(page, saved, features)
    await lens(page, '2 inputs: upstream_one, discount').waitFor()
    await lens(page, /^row · /)
      .last()
      .waitFor()
    await lens(page, 'used by 1').last().waitFor()

    await lens(page, '2 inputs: upstream_one, discount').click()
    await quickPickRows(page, 'upstream_one').waitFor()
    const rows = await quickPickRows(page).allInnerTexts()
    const upstream = ['upstream_one', 'discount', 'quantity', 'unit_price']
    expect(rows.flatMap((row) => upstream.filter((name) => row.includes(name)))).toEqual(
      expect.arrayContaining(upstream),
    )

    await quickPickRows(page, 'upstream_one').click()
    await cursorAt(page, text, 'upstream_one')

    await runCommand(page, 'ModelDriver: Show Users')
    await page.locator('.quick-input-title', { hasText: 'Users of upstream_one' }).waitFor()
    await quickPickRows(page, 'upstream_two').click()
    await cursorAt(page, text, 'export function upstream_two')
  })
})

describe('the light bulb', () => {
  atTransactions('mends a typo in the signature and in the body at once', async (saved) => {
    const { page } = session
    const text = await typeAtEnd(page, saved, '\nexport function doubled(quantty) {\n  return quantty * 2\n}\n')
    const listed = await problems(page, "No column or feature is named 'quantty'. Did you mean 'quantity'?")
    await listed.waitFor()
    await goToText(page, text, 'quantty) {')
    const menu = await lightBulb(page)
    await menu.filter({ hasText: "Create feature 'quantty'" }).waitFor()
    await menu.filter({ hasText: "Change to 'quantity'" }).click()
    await listed.waitFor({ state: 'detached' })
    await until('the mark to go', async () => (await errorSquiggles(page).count()) === 0)
    expect(await editorText(page)).toContain('export function doubled(quantity) {\n  return quantity * 2\n}')
  })
})

describe('in a list of parameters', () => {
  atTransactions('columns and features are proposed, and nothing else', async (saved) => {
    const { page } = session
    const text = await typeAtEnd(page, saved, '\nexport function ready(quan) {\n  return 1\n}\n')
    await goToText(page, text, ') {\n  return 1')
    const rows = await suggestions(page)
    await rows.filter({ hasText: 'quantity' }).waitFor()
    expect(await rows.count()).toBe(1)
    await rows.first().click()
    await until('the column', async () => (await editorText(page)).includes('ready(quantity)'))
  })
})

describe('files that a command makes', () => {
  scene(
    'modeldriver.json: the data that nothing names is asked for; then the names of its columns are known',
    async () => {
      const { page } = session
      const file = (name: string): string => session.file('doors', name)
      mkdirSync(file(''))
      for (const data of ['houses.csv', 'sheds.csv']) writeFileSync(file(data), 'height,width\n2.1,0.9\n2,0.8\n')
      writeFileSync(file('doors.features.ts'), 'export function area(height, widht) {\n  return height * widht\n}\n')
      await openFile(page, file('doors.features.ts'))
      await runCommand(page, 'ModelDriver: Create modeldriver.json')
      const question = page.locator('.quick-input-widget input[placeholder="Sample data of the model"]')
      await question.waitFor()
      await page.keyboard.press('Escape')
      await question.waitFor({ state: 'hidden' })
      const choose = page
        .locator('.hover-language-status .element', { hasText: 'inputs unchecked' })
        .getByRole('button', { name: 'Choose sample data' })
      await pointAt(page, page.locator('[id="status.languageStatus"]'), choose)
      await choose.click()
      await question.waitFor()
      expect(existsSync(file('modeldriver.json'))).toBe(false)
      await quickPickRows(page, 'houses.csv').click()
      await shownFile(page, 'modeldriver.json').waitFor()
      const written = readFileSync(file('modeldriver.json'), 'utf8')
      for (const part of ['"features": ["doors.features.ts"]', '"data": "houses.csv"']) expect(written).toContain(part)
      await until('its text', async () => (await editorText(page)) === written)
      await (await problems(page, "No column or feature is named 'widht'. Did you mean 'width'?")).waitFor()
    },
  )

  scene('modeldriver.d.ts: the types of columns, and of the features that a table function became', async () => {
    const { page } = session
    const text = await openFile(page, session.file('migration', 'tables', 'orders.features.ts'))
    await goToText(page, text, 'orders.derive({ revenue')
    await runCommand(page, 'ModelDriver: Convert Table Function to Features')
    await until('the features', async () =>
      (await editorText(page)).includes('export const revenue = (price, qty) => price * qty\n'),
    )
    await runCommand(page, 'ModelDriver: Generate modeldriver.d.ts')
    await shownFile(page, 'modeldriver.d.ts').waitFor()
    const path = session.file('migration', 'modeldriver.d.ts')
    const types = readFileSync(path, 'utf8')
    await goToText(page, types, 'qty: number')
    const drawn = await editorText(page)
    expect(drawn).toContain('qty: number')
    // Of features TypeScript reads the file; of tables it is told names.
    expect(drawn).toContain('total: any')
    expect(drawn).not.toContain('revenue: any')
    rmSync(path)
  })
})

describe('the graph', () => {
  atTransactions('shows every feature of the pipeline and what it is made from; a node leads to its code', async () => {
    const { page } = session
    await runCommand(page, 'ModelDriver: Show Dependency Graph')
    const graph = await view(page, 'graph')
    for (const [model, key] of [['transactions'], ['daily', 'dt_date'], ['customer_profile']]) {
      const features = signatures(session.file('retail', `${model}.features.ts`))
      for (const { name, inputs } of features) {
        const node = `${model}/${name}`
        expect(await graph.locator(`[data-node="${node}"]`).count(), node).toBe(1)
        for (const input of inputs) {
          // What a later model reads of transactions comes out of a port of that model's card.
          const isOwn = model === 'transactions' || input === key || features.some((feature) => feature.name === input)
          const edge = `${isOwn ? `${model}/${input}` : 'transactions'}->${node}`
          expect(await graph.locator(`[data-edge="${edge}"]`).count(), `${edge} for ${input}`).toBeGreaterThan(0)
        }
      }
    }
    expect(await graph.locator('[data-cycle=true]').count()).toBe(0)

    const [daily] = signatures(session.file('retail', 'daily.features.ts'))
    const node = graph.locator(`[data-node="daily/${daily?.name}"]`)
    await graph.getByRole('button', { name: 'Fit everything into view' }).click()
    await node.click()
    await graph.locator(`[data-node="daily/${daily?.name}"][data-tone=selected]`).waitFor()
    expect(await graph.locator('[data-edge][data-tone=up]').count()).toBeGreaterThan(0)
    await node.press('Enter')
    await shownFile(page, 'daily.features.ts').waitFor()
  })

  atTransactions('keeps what was chosen in it while something else is typed', async (saved) => {
    const { page } = session
    await goToText(page, saved, 'is_return, revenue, cost)')
    await runCommand(page, 'ModelDriver: Show Dependency Graph')
    const chosen = (id: string): string => `[data-node="${id}"][data-tone=selected]`
    await view(page, 'graph', async (frame) => (await frame.locator(chosen('transactions/valid')).count()) === 1)
    const graph = await view(page, 'graph')
    await graph.locator('[data-node="transactions/margin"]').click()
    await graph.locator(chosen('transactions/margin')).waitFor()
    await focusEditor(page)
    await page.keyboard.insertText('quantity, ')
    await graph.locator('[data-edge="transactions/quantity->transactions/valid"]').first().waitFor()
    expect(await graph.locator(chosen('transactions/margin')).count()).toBe(1)
  })

  atTransactions('follows what is typed, and draws a cycle as one', async (saved) => {
    const { page } = session
    await runCommand(page, 'ModelDriver: Show Dependency Graph')
    await view(page, 'graph')
    const circle =
      '\nexport function round_a(round_b: number) {\n  return round_b + 1\n}\nexport function round_b(round_a: number) {\n  return round_a + 1\n}\n'
    const text = await typeAtEnd(page, saved, circle)
    const nodes = '[data-node][data-cycle=true]'
    const graph = await view(page, 'graph', async (frame) => (await frame.locator(nodes).count()) === 2)
    const inCycle = await graph.locator(nodes).evaluateAll((all) => all.map((node) => node.getAttribute('data-node')))
    expect(inCycle.sort()).toEqual(['transactions/round_a', 'transactions/round_b'])
    const edges = graph.locator('[data-edge][data-cycle=true]')
    expect(await edges.count()).toBe(2)
    await (await problems(page, "'round_a' depends on itself: round_a → round_b → round_a.")).waitFor()

    await typeOver(page, text, 'round_b(round_a', 'round_b(quantity')
    await view(page, 'graph', async (frame) => (await frame.locator('[data-cycle=true]').count()) === 0)
  })
})
