import { rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pictureOnFailure } from '../support/pictures.ts'
import { processesOf } from '../support/processes.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  clickLens,
  errorPage,
  errorSquiggles,
  focusEditor,
  lens,
  openFile,
  runCommand,
  startOver,
  typeAtEnd,
  typeOver,
  view,
} from '../support/workbench.ts'

/** A folder that nobody said they trust: checks work, running asks. */
let session: Session
beforeAll(async () => {
  session = await openSession(
    {
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'workbench.editor.useModal': 'off',
    },
    { asksForTrust: true },
  )
})
afterAll(() => session?.close())

test('without trust the checks work, and a run asks for it and computes nothing', () =>
  pictureOnFailure(session.page, 'trust', async () => {
    const { page } = session
    const text = await openFile(page, session.file('retail', 'daily.features.ts'))
    await lens(page, 'returns revenue.sum()').first().waitFor()
    await typeOver(page, text, 'day_revenue(revenue', 'day_revenue(revenu')
    await errorSquiggles(page).first().waitFor()
    await runCommand(page, 'ModelDriver: Run Model on Sample')
    const asked = page.locator('.notification-toast', { hasText: 'it needs a trusted workspace' })
    await asked.waitFor()
    await asked.getByRole('button', { name: 'Manage Workspace Trust' }).click()
    await page.getByRole('button', { name: 'Trust', exact: true }).waitFor()
    expect(await page.getByRole('tab', { name: 'Run Results' }).count()).toBe(0)
  }))

test('without trust expectations are listed, and testing them asks for it, too', () =>
  pictureOnFailure(session.page, 'trust-expectations', async () => {
    const { page } = session
    const expectation = { name: 'one line', rows: [{ quantity: 2 }], rowFeatures: [] }
    writeFileSync(session.file('retail', 'transactions.expect.json'), JSON.stringify([expectation]))
    // VS Code asks itself. None are known until the new file is seen.
    const asked = page.locator('.monaco-dialog-box', { hasText: 'Running tests may execute code in your workspace' })
    await until('the question', async () => {
      await runCommand(page, 'Test: Run All Tests')
      await asked.waitFor({ timeout: 5000 })
      return true
    })
    await asked.getByRole('button', { name: 'Cancel' }).click()
    await asked.waitFor({ state: 'detached' })
    expect(processesOf(dirname(session.file()), '/dist/runner.js')).toEqual([])
    rmSync(session.file('retail', 'transactions.expect.json'))
  }))

test('trust is given, and taken back', () =>
  pictureOnFailure(session.page, 'trust-revoked', async () => {
    const { page } = session
    await page.getByRole('button', { name: 'Trust', exact: true }).click()
    await page.getByText('You trust this folder').first().waitFor()
    await startOver(page)
    const text = await openFile(page, session.file('retail', 'transactions.features.ts'))
    await typeAtEnd(page, text, '\nexport function typed_now(quantity: number) {\n  return quantity\n}\n')
    await clickLens(page, 'export function typed_now(', '▶ Run')
    await view(
      page,
      'results',
      async (frame) => (await frame.locator('[data-row="0"][data-col=typed_now]').count()) === 1,
    )
    await focusEditor(page)
    await runCommand(page, 'ModelDriver: Show Dependency Graph')
    await view(page, 'graph')
    await runCommand(page, 'Workspaces: Manage Workspace Trust')
    const folder = page.locator('.workspace-trust-editor .monaco-list-row', { hasText: '/ws' })
    await folder.hover()
    await page.evaluate(() => Object.assign(window, { isBefore: true }))
    await folder.getByRole('button', { name: 'Delete Path' }).click()
    // VS Code opens the window anew, a while after it says that it is restricted.
    await page.waitForFunction(() => !('isBefore' in window))
    await page
      .getByText('You are in Restricted Mode')
      .or(page.locator('.statusbar-item', { hasText: 'Restricted Mode' }))
      .first()
      .waitFor()
    await page.locator('.tab.dirty', { hasText: 'transactions.features.ts' }).waitFor()
    await view(
      page,
      'graph',
      async (frame) => (await frame.locator('[data-node="transactions/typed_now"]').count()) === 1,
    )
    await page.getByRole('tab', { name: 'Run Results' }).click()
    const results = await errorPage(
      page,
      'The window or its extensions were started again. Run again to see the results.',
    )
    await results.getByRole('button', { name: 'Run again' }).click()
    await page.locator('.notification-toast', { hasText: 'it needs a trusted workspace' }).waitFor()
    expect(processesOf(dirname(session.file()), '/dist/runner.js')).toEqual([])
  }))
