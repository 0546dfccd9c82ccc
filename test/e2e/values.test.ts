import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import { activeEditor, clickLens, goToText, openFile, startOver, typeOver } from '../support/workbench.ts'
import { csvRows } from './sample.ts'

let session: Session
beforeAll(async () => {
  session = await openSession({ 'modeldriver.values': 'live', 'editor.hover.delay': 100 })
})
afterAll(() => session?.close())
afterEach(() => startOver(session.page))

/** What stands behind the text of the lines of the active editor. */
const behindLines = (): Promise<readonly string[]> =>
  activeEditor(session.page)
    .locator('.view-line span')
    .evaluateAll((spans) =>
      spans.map((span) => getComputedStyle(span, '::after').content).filter((text) => text !== 'none' && text !== ''),
    )

const waitFor = (text: string | RegExp): Promise<unknown> =>
  until(`${text} behind a line`, async () => (await behindLines()).find((each) => each.search(text) >= 0))

test('values stand beside the code, follow an edit while typing, and are in the hover', () =>
  pictureOnFailure(session.page, 'values', async () => {
    const { page } = session
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
    await page.keyboard.press('Control+K')
    await page.keyboard.press('Control+I')
    const hover = page.locator('.monaco-hover', { hasText: 'In the last run' })
    await hover.locator('img').first().waitFor()
    await picture(session, 'value-hover')
  }))
