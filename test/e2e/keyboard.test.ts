import { afterAll, beforeAll, test } from 'vitest'
import { pictureOnFailure } from '../support/pictures.ts'
import { type Session, sharedSession } from '../support/session.ts'
import { until } from '../support/until.ts'
import { openFile, runCommandByKeys, shownFile, view } from '../support/workbench.ts'
import { csvRows } from './sample.ts'

let session: Session
beforeAll(async () => {
  session = await sharedSession()
})
afterAll(() => session?.close())

/** From a file to a result cell, what it was made from, and the graph: nothing but keys. */
test('everything is reached by keyboard', () =>
  pictureOnFailure(session.page, 'keyboard', async () => {
    const { page } = session
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const text = await openFile(page, session.file('retail', 'transactions.features.ts'))
    await runCommandByKeys(page, 'ModelDriver: Run Model on Sample')
    const results = await view(page, 'results')
    const focused = () =>
      results.evaluate(() => {
        const element = document.activeElement
        const named = element?.getAttribute('aria-activedescendant')
        return (named ? document.getElementById(named) : element)?.textContent ?? ''
      })
    await press('Control+2')
    await until('the page has the focus', () => results.evaluate(() => document.hasFocus()))
    await until('the grid by Tab', async () => {
      await press('Tab')
      return results.evaluate(() => document.activeElement?.getAttribute('role') === 'grid')
    })
    const [first, second] = csvRows(session.file('retail', 'data', 'transactions.csv'))
    await press('Control+Home')
    await until('the first cell', async () => (await focused()) === first?.transaction_id)
    await press('ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight')
    await until('the product of the second line', async () => (await focused()) === second?.product)

    // A value, what it was made from, and what that was made from.
    await press('End')
    const trace = (feature: string) => results.locator(`[data-trace="${feature}"]`)
    await trace('product_label')
      .locator('[data-input=product]', { hasText: second?.product ?? '' })
      .waitFor()
    await until('the product by Tab', async () => {
      await press('Tab')
      return results.evaluate(() => document.activeElement?.closest('[data-input=product]') !== null)
    })
    await press('Enter')
    await trace('product').waitFor()
    await until('the grid by Shift+Tab', async () => {
      await press('Shift+Tab')
      return results.evaluate(() => document.activeElement?.getAttribute('role') === 'grid')
    })
    await until('the product again', async () => (await focused()) === second?.product)

    // Its column: the menu, then sorted by it.
    await press('Control+Home', 'ArrowUp', 'Shift+F10')
    const menu = results.getByRole('menu', { name: 'Column transaction_id' })
    await menu.waitFor()
    await press('ArrowDown', 'Enter')
    await results.locator('[data-header=transaction_id][aria-sort=descending]').waitFor()

    // A filter, typed.
    await until('the filter by Shift+Tab', async () => {
      await press('Shift+Tab')
      return results.evaluate(() => document.activeElement?.hasAttribute('data-filter') ?? false)
    })
    await page.keyboard.type('quantity > 3')
    await press('Enter')
    await results.locator('.found').waitFor()
    await press('Escape')

    // The other tab, and back.
    const isChosen = (tab: string) => results.locator(`[data-tab=${tab}][aria-selected=true]`).waitFor()
    await until('the tabs by Shift+Tab', async () => {
      await press('Shift+Tab')
      return results.evaluate(() => document.activeElement?.getAttribute('role') === 'tab')
    })
    await press('ArrowRight')
    await isChosen('features')
    await press('ArrowLeft')
    await isChosen('rows')

    // The graph: along an edge to an input, and to its code.
    await press('Control+1')
    await runCommandByKeys(page, 'ModelDriver: Show Dependency Graph')
    const graph = await view(page, 'graph')
    await until('the graph has the focus', async () => {
      await press('Control+2')
      return graph.evaluate(() => document.hasFocus())
    })
    await until('a node by Tab', async () => {
      await press('Tab')
      return graph.evaluate(() => document.activeElement?.getAttribute('role') === 'treeitem')
    })
    const node = () => graph.evaluate(() => document.activeElement?.getAttribute('data-node') ?? '')
    const start = await node()
    await press('ArrowRight')
    await until('another node', async () => (await node()) !== start)
    await press('Space')
    await graph.locator('[data-inspector]').waitFor()
    await press('Escape')
    await graph.locator('[data-inspector]').waitFor({ state: 'detached' })
    const [, name] = (await node()).split('/')
    const before = text.slice(0, text.search(new RegExp(`export (function|const) ${name}\\b`)))
    await press('Enter')
    await page.locator('.statusbar-item', { hasText: `Ln ${before.split('\n').length}, Col` }).waitFor()
    await shownFile(page, 'transactions.features.ts').waitFor()
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor()
  }))
