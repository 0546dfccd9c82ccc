import { afterAll, beforeAll, expect, test } from 'vitest'
import { pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { errorSquiggles, lens, openFile, runCommand, typeOver } from '../support/workbench.ts'

/** A folder that nobody said they trust: checks work, running asks. */
let session: Session
beforeAll(async () => {
  session = await openSession(
    { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
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
