import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import { clickLens, focusEditor, goToText, openFile, runCommand, typeOver, view } from '../support/workbench.ts'

let session: Session
beforeAll(async () => {
  session = await openSession()
})
afterAll(() => session?.close())

test('a run is saved as expectation, met, and not met once a feature gives something else', () =>
  pictureOnFailure(session.page, 'expectations', async () => {
    const { page } = session
    const text = await openFile(page, session.file('retail', 'transactions.features.ts'))
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
  }))
