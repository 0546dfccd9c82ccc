import { afterAll, afterEach, beforeAll, describe, test } from 'vitest'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import {
  clickLens,
  errorSquiggles,
  goToText,
  lens,
  openFile,
  problems,
  quickPickRows,
  runCommand,
  startOver,
  typeOver,
  view,
} from '../support/workbench.ts'

/** What the README shows: the same scenes in a dark and in a light theme. */
const themes = [
  { name: 'dark', theme: 'Default Dark Modern', mark: 'vs-dark' },
  { name: 'light', theme: 'Default Light Modern', mark: 'vs' },
]

let session: Session
beforeAll(async () => {
  session = await openSession({ 'workbench.activityBar.location': 'top' })
})
afterAll(() => session?.close())
afterEach(() => startOver(session.page))

describe.each(themes)('in the $name theme', ({ name, theme, mark }) => {
  /** A scene begins at the features of a day. */
  function scene(title: string, work: (text: string) => Promise<void>): void {
    test(title, () =>
      pictureOnFailure(session.page, `${title}-${name}`, async () => {
        session.set({ 'workbench.colorTheme': theme })
        await session.page.locator(`.monaco-workbench.${mark}`).waitFor()
        await work(await openFile(session.page, session.file('retail', 'daily.features.ts')))
      }),
    )
  }

  scene('squiggle', async (text) => {
    const { page } = session
    await typeOver(page, text, 'revenue_per_receipt(day_revenue', 'revenue_per_receipt(day_revenu')
    await (await problems(page, "Did you mean 'day_revenue'?")).waitFor()
    await errorSquiggles(page).first().waitFor()
    await picture(page, `squiggle-${name}`)
  })

  scene('lens', async (text) => {
    const { page } = session
    await goToText(page, text, 'export function day_revenue(')
    await lens(page, 'returns revenue.sum()').first().waitFor()
    await clickLens(page, 'export function day_margin_pct(', '2 inputs')
    await quickPickRows(page, 'Show in graph').waitFor()
    await picture(page, `lens-${name}`)
  })

  scene('graph', async (text) => {
    const { page } = session
    await goToText(page, text, 'export function day_margin_pct(')
    await runCommand(page, 'ModelDriver: Show Dependency Graph')
    await runCommand(page, 'View: Toggle Maximize Editor Group')
    const graph = await view(page, 'graph')
    await graph.locator('[data-node="daily/day_margin_pct"]').waitFor()
    await picture(page, `graph-${name}`)
  })

  scene('results', async (text) => {
    const { page } = session
    await goToText(page, text, 'export function day_revenue(')
    await clickLens(page, 'export function day_revenue(', '▶ Run')
    const results = await view(page, 'results')
    await results.locator('[data-tab=groups]').click()
    await results.locator('[data-row="0"][data-col=day_revenue]').waitFor()
    await picture(page, `results-${name}`)
  })
})
