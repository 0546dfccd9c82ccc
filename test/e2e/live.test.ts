import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  activeEditor,
  behindText,
  clickLens,
  editorText,
  errorSquiggles,
  focusEditor,
  goToText,
  hoverAtCursor,
  lens,
  lightBulb,
  openFile,
  problems,
  runCommand,
  staleText,
  startOver,
  typeOver,
} from '../support/workbench.ts'
import { csvRows } from './sample.ts'

// What changes by itself while somebody looks, and what must not move.

let session: Session
beforeAll(async () => {
  session = await openSession({ 'modeldriver.values': 'live', 'editor.hover.delay': 100 })
})
afterAll(() => session?.close())
afterEach(() => startOver(session.page))

const file = (...path: readonly string[]): string => session.file('retail', ...path)

function scene(title: string, work: (page: Page) => Promise<void>): void {
  test(title, () => pictureOnFailure(session.page, title, () => work(session.page)))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const settings = (values: object) => write(session.file('.vscode', 'settings.json'), JSON.stringify(values))

describe('the hints between the words', () => {
  const drawn = (page: Page, what: string, wanted: (text: string) => boolean) =>
    until(what, async () => wanted(await editorText(page)))

  scene('come and go with their settings', async (page) => {
    await openFile(page, file('daily.features.ts'))
    await drawn(page, 'types and levels', (text) => text.includes('day_name(weekday: Column<number>) → group {'))
    settings({ 'modeldriver.inlayHints.types': false })
    await drawn(page, 'levels alone', (text) => text.includes('day_name(weekday) → group {'))
    settings({ 'modeldriver.inlayHints.types': false, 'modeldriver.inlayHints.levels': false })
    await drawn(page, 'no hints', (text) => text.includes('day_name(weekday) {'))
    settings({})
    await drawn(page, 'both again', (text) => text.includes('day_name(weekday: Column<number>) → group {'))
  })
})

describe('what changes on disk', () => {
  scene(
    'a new header of the data is a problem of the feature file at once, and the old one takes it away',
    async (page) => {
      await openFile(page, file('transactions.features.ts'))
      const listed = await problems(
        page,
        "'unit_cost' is neither a column of transactions.csv (12 columns) nor a feature",
      )
      const data = file('data', 'transactions.csv')
      const before = readFileSync(data, 'utf8')
      write(data, before.replace('unit_cost', 'piece_cost'))
      await listed.waitFor()
      write(data, before)
      await listed.waitFor({ state: 'detached' })
    },
  )
})

describe('the code of a problem', () => {
  scene('opens its section of the page that the installed extension brings', async (page) => {
    const text = await openFile(page, file('transactions.features.ts'))
    await typeOver(page, text, 'cost(quantity', 'cost(quantty')
    const listed = await problems(page, "'quantty'")
    const code = listed.getByRole('link', { name: 'MD001' }).or(listed.locator('a', { hasText: 'MD001' }))
    // When TypeScript's own problems come, the list is drawn anew, and a press that falls into that is lost.
    await until('the page', async () => {
      await code.first().click({ timeout: 3000 })
      await page.getByRole('tab', { name: /problems\.md/, selected: true }).waitFor({ timeout: 5000 })
      return true
    })
    const heading = await until('the section', async () => {
      for (const frame of page.frames()) {
        const found = frame.locator('h2', { hasText: /^MD001$/ })
        if ((await found.count()) === 1 && (await found.isVisible())) return found
      }
      return undefined
    })
    await until('the section to be shown', () =>
      heading.evaluate((element) => {
        const { top } = element.getBoundingClientRect()
        return top >= 0 && top < innerHeight / 2
      }),
    )
  })
})

describe('while somebody types fast', () => {
  scene('no line moves and no lens goes and comes back', async (page) => {
    const text = await openFile(page, file('daily.features.ts'))
    await goToText(page, text, 'return revenue.sum()')
    await focusEditor(page)
    const declarations = activeEditor(page).locator('.view-line', { hasText: 'export function' })
    await until('a lens above every function', async () => {
      const count = await declarations.count()
      return count > 3 && (await lens(page, '▶ Run').count()) >= count
    })
    await page.evaluate(watchLenses)
    await page.keyboard.type('const a_b = revenue.max() + revenue.min() * 2 - revenue.mean(); ', { delay: 20 })
    await lens(page, 'calls revenue.sum()').or(lens(page, 'returns revenue.sum()')).first().waitFor()
    await until('no mark to be left', async () => (await errorSquiggles(page).count()) === 0)
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: readonly string[] }).seen)
    expect(seen).toHaveLength(1)
  })
})

describe('parameters without types, in a folder without settings of TypeScript', () => {
  scene('are errors of TypeScript until the light bulb has made a tsconfig.json', async (page) => {
    const folder = (name: string) => session.file('plain', name)
    const text = 'export function doubled(size) {\n  return size * 2\n}\n'
    write(folder('plain.csv'), 'size\n1\n')
    write(folder('plain.features.ts'), text)
    await openFile(page, folder('plain.features.ts'))
    await errorSquiggles(page).first().waitFor()
    await goToText(page, text, 'size) {')
    await (await lightBulb(page)).filter({ hasText: 'Make tsconfig.json' }).click()
    await until('no marks', async () => (await errorSquiggles(page).count()) === 0)
  })
})

const waitFor = (text: string | RegExp): Promise<unknown> =>
  until(`${text} behind a line`, async () => (await behindText(session.page)).find((each) => each.search(text) >= 0))

describe('values beside the code', () => {
  scene('follow an edit while typing, and are in the hover', async (page) => {
    const saved = await openFile(page, session.file('retail', 'transactions.features.ts'))
    await goToText(page, saved, 'export function is_return(')
    await clickLens(page, 'export function is_return(', '▶ Run')
    const lines = csvRows(session.file('retail', 'data', 'transactions.csv')).filter((row) => row.transaction_id !== '')
    const returned = lines.filter((row) => row.transaction_type === 'return').length / lines.length
    await waitFor(`${Math.round(returned * 100)} % true`)
    await page.locator('[role=tab]', { hasText: 'Run Results' }).locator('.action-label').click()
    await picture(session, 'values')

    const text = await typeOver(page, saved, "transaction_type === 'return'", 'quantity > 1')
    await typeOver(page, text, 'is_return(transaction_type', 'is_return(quantity')
    const many = lines.filter((row) => Number(row.quantity) > 1).length / lines.length
    expect(Math.round(many * 100)).not.toBe(Math.round(returned * 100))
    await waitFor(`${Math.round(many * 100)} % true`)

    await goToText(page, text, 'revenue(quantity')
    const showHover = async () => {
      const hover = await hoverAtCursor(page, 'In the last run')
      await hover.locator('img').first().waitFor()
    }
    await showHover()
    // Its bars are an image, with colours of its own.
    await picture(session, 'value-hover', async () => {
      await hideHover(page)
      await showHover()
    })
    await page.keyboard.press('Escape')

    await page.locator('[id="status.languageStatus"]').click()
    const status = page.locator('.hover-language-status', { hasText: 'transactions' })
    await status.filter({ hasText: /reads transactions\.csv · last run: [\d.]+ ms/ }).waitFor()
    await status.getByText('Run', { exact: true }).waitFor()
    expect(await status.getByText('Run', { exact: true }).evaluate(isInSight)).toBe(true)
    await picture(session, 'status')
    await status.getByText('Run', { exact: true }).click()
    const tab = page.getByRole('tab', { name: 'Run Results' })
    await tab.waitFor()
    await tab.locator('.action-label').click()
    await tab.waitFor({ state: 'detached' })

    settings({ 'modeldriver.values': 'off' })
    await until('no values', async () => !(await behindText(page)).some((each) => each.includes('% true')))
    settings({ 'modeldriver.values': 'onRun' })
    await waitFor(`${Math.round(many * 100)} % true`)
    expect(await staleText(page)).toEqual([])
    await typeOver(page, text, 'quantity > 1', 'quantity > 2')
    await until('the value of before the edit in another style', async () =>
      (await staleText(page)).some((each) => each.includes(`${Math.round(many * 100)} % true`)),
    )
    settings({})
  })
})

describe('values of a model that imports code', () => {
  scene('follow the imported code and the data, on the screen and on disk', async (page) => {
    const helped = (name: string) => session.file('helped', name)
    const features = "import { rate } from './rates'\n\nexport function cost(size: number) {\n  return size * rate\n}\n"
    write(helped('orders.csv'), 'size\n1\n3\n')
    write(helped('orders.features.ts'), features)
    await openFile(page, helped('orders.features.ts'))
    await goToText(page, features, 'export function cost(')
    await clickLens(page, 'export function cost(', '▶ Run')
    await waitFor('failed')
    await page.locator('[role=tab]', { hasText: 'Run Results' }).locator('.action-label').click()

    // What was looked for comes.
    write(helped('rates.ts'), 'export const rate = 2\n')
    await waitFor(/mean 4 /)
    // TypeScript's own mark stays at times; ours goes.
    const listed = await problems(page, "There is no file './rates'")
    await listed.waitFor({ state: 'detached' })

    write(helped('orders.csv'), 'size\n1\n5\n')
    await waitFor(/mean 6 /)
    write(helped('rates.ts'), 'export const rate = 3\n')
    await waitFor(/mean 9 /)
    const code = await openFile(page, helped('rates.ts'))
    await typeOver(page, code, 'rate = 3', 'rate = 4')
    await openFile(page, helped('orders.features.ts'))
    await waitFor(/mean 12 /)
    // What was typed there is thrown away.
    await page.getByRole('tab', { name: 'rates.ts' }).locator('.action-label').click()
    await page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" }).click()
    await waitFor(/mean 9 /)
    expect(await staleText(page)).toEqual([])

    settings({ 'modeldriver.values': 'onRun' })
    write(helped('orders.csv'), 'size\n1\n7\n')
    await until('the value of before the change in another style', async () =>
      (await staleText(page)).some((each) => each.includes('mean 9 ')),
    )
    settings({})
  })
})

describe('a file that gets another name', () => {
  scene('a feature file renamed in the explorer stays in its model, its problems go along', async (page) => {
    const text = await openFile(page, file('daily.features.ts'))
    // A mistake that TypeScript does not see: its own marks may outlive the file.
    await typeOver(page, text, 'day_revenue(revenue', 'day_revenue(revenue, revenu')
    await page.keyboard.press('Control+S')
    const listed = await problems(page, "'revenu'")
    await listed.waitFor()
    await page.getByRole('treeitem', { name: 'daily.features.ts', exact: true }).click()
    await page.keyboard.press('F2')
    const box = page.locator('.explorer-item-edited input')
    await box.fill('days.features.ts')
    await box.press('Enter')
    // VS Code's own question, for whatever an extension changes together with a file.
    await page.getByRole('button', { name: 'OK' }).click()
    await page.getByRole('treeitem', { name: 'days.features.ts', exact: true }).waitFor()
    await page.locator('.tab.dirty', { hasText: 'modeldriver.json' }).waitFor()
    await runCommand(page, 'File: Save All Files')
    await until('the manifest', () => readFileSync(file('modeldriver.json'), 'utf8').includes('["days.features.ts"]'))
    const files = page.locator('.markers-panel').getByRole('treeitem', { name: /problems? in file/ })
    await until('the problems of the new name alone', async () => {
      const names = await files.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')))
      return names.length === 1 && names[0]?.includes('days.features.ts') && (await listed.count()) === 1
    })

    write(file('days.features.ts'), text)
    await listed.waitFor({ state: 'detached' })
    await until('no problems', async () => (await page.locator('.markers-panel .monaco-list-row').count()) === 0)
  })
})

async function hideHover(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.locator('.monaco-hover', { hasText: 'In the last run' }).waitFor({ state: 'hidden' })
}

/** In the page: whether all of an element is within the window. */
function isInSight(element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
}

/** In the page: collects every arrangement of lenses and lines that is drawn, without what they say. */
function watchLenses(): void {
  const seen = new Set<string>()
  const look = (): void => {
    const tops = [...document.querySelectorAll('.editor-group-container.active .codelens-decoration')]
      .filter((each) => each.checkVisibility())
      .map((each) => Math.round(each.getBoundingClientRect().top))
    seen.add(tops.sort((a, b) => a - b).join())
    Object.assign(globalThis, { seen: [...seen] })
    requestAnimationFrame(look)
  }
  look()
}
