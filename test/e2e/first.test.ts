import { afterAll, beforeAll, test } from 'vitest'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import { activeEditor, lightBulb, problems, runCommand, view } from '../support/workbench.ts'

/** The first five minutes: an empty folder, and nothing known of ModelDriver but its name. */
let session: Session
beforeAll(async () => {
  session = await openSession({}, { isEmpty: true })
})
afterAll(() => session?.close())

function step(title: string, work: () => Promise<void>): void {
  test(title, () => pictureOnFailure(session.page, title, work))
}

const walkthrough = (action: string) =>
  session.page.locator('.getting-started-step .monaco-button', { hasText: action })

step('an empty folder: the view of models says how to begin', async () => {
  const { page } = session
  await page.getByRole('tab', { name: 'ModelDriver', exact: true }).click()
  await page.locator('.welcome-view-content', { hasText: 'No features were found' }).waitFor()
  await picture(page, 'first-welcome')
  await page.locator('.welcome-view-content').getByRole('button', { name: 'Open Sample' }).click()
})

step('the sample opens with the walkthrough, and its models are listed', async () => {
  const { page } = session
  await page.locator('.gettingStartedContainer', { hasText: 'First Steps with ModelDriver' }).waitFor()
  await page.getByRole('tab', { name: /daily.features.ts/ }).waitFor()
  const tree = page.locator('[id="workbench.view.extension.modeldriver"]')
  // While the files are copied, a feature file may stand alone beside its pipeline.
  for (const name of [/^model, transactions/, /^model, daily/, /^model, customer_profile/])
    await until(`${name}, once`, async () => (await tree.getByRole('treeitem', { name }).count()) === 1)
  await picture(page, 'first-walkthrough')
})

step('a mistake is shown, in the tree too, and the light bulb mends it', async () => {
  const { page } = session
  await walkthroughStep('See a problem and fix it')
  await walkthrough('Make a Mistake').click()
  await (await problems(page, "No column or feature is named 'revenu'. Did you mean 'revenue'")).waitFor()
  const tree = page.locator('[id="workbench.view.extension.modeldriver"]')
  await tree.getByRole('treeitem', { name: /^model, daily.*[1-9] error/ }).waitFor()
  await picture(page, 'first-problem')
  await activeEditor(page).locator('.view-line').first().waitFor()
  await page.keyboard.press('Control+J')
  await (await lightBulb(page)).filter({ hasText: "Change to 'revenue'" }).click()
  await tree.getByRole('treeitem', { name: /^model, daily, seq 2 · per dt_date$/ }).waitFor()
})

step('the graph, the run, and numbers beside the code', async () => {
  const { page } = session
  await runCommand(page, 'ModelDriver: Show Dependency Graph')
  const graph = await view(page, 'graph')
  await graph.locator('[data-node="daily/day_revenue"]').first().waitFor()
  await runCommand(page, 'ModelDriver: Run Model on Sample')
  const results = await view(page, 'results')
  await results.locator('[data-tab=groups]').waitFor()
  await until('values behind a line', async () => {
    const behind = await page
      .locator('.monaco-editor .view-line span')
      .evaluateAll((spans) => spans.map((span) => getComputedStyle(span, '::after').content))
    return behind.some((text) => /mean .* max/.test(text))
  })
  await picture(page, 'first-run')
})

async function walkthroughStep(title: string): Promise<void> {
  const { page } = session
  const step = page.locator('.getting-started-step', { hasText: title })
  if (!(await step.getAttribute('class'))?.includes('expanded')) await step.click()
}
