import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  editorText,
  errorSquiggles,
  goToText,
  lightBulb,
  openFile,
  problems,
  startOver,
  suggestions,
  typeAtEnd,
} from '../support/workbench.ts'

let session: Session
beforeAll(async () => {
  session = await openSession({ 'editor.inlayHints.enabled': 'off' }) // the text alone
})
afterAll(() => session?.close())
afterEach(() => startOver(session.page))

/** A test at the transactions' features; what it types is taken back. */
function atTransactions(title: string, work: (text: string) => Promise<void>): void {
  test(title, () =>
    pictureOnFailure(session.page, title, async () =>
      work(await openFile(session.page, session.file('retail', 'transactions.features.ts'))),
    ),
  )
}

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
