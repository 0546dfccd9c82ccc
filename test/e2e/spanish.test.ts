import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { violations } from '../support/axe.ts'
import { clone } from '../support/clone.ts'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import {
  clickLens,
  goToText,
  lens,
  maximizeView,
  openFile,
  quickPickRows,
  runCommand,
  startOver,
  view,
} from '../support/workbench.ts'

/** In an editor in Spanish everything of ours is Spanish; VS Code's own words stay as they are, because its language pack is not ours. */
let session: Session
beforeAll(async () => {
  session = await openSession({}, { language: 'es' })
})
afterAll(() => session?.close())
afterEach(() => startOver(session.page))

/** Each begins at the margin of a day. */
function step(title: string, work: (page: Page) => Promise<void>): void {
  test(title, () =>
    pictureOnFailure(session.page, title, async () => {
      const { page } = session
      const text = await openFile(page, session.file('retail', 'daily.features.ts'))
      await goToText(page, text, 'export function day_margin_pct(')
      await work(page)
    }),
  )
}

const words: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(clone, 'l10n/bundle.l10n.es.json'), 'utf8'),
)

/** English texts that a page shows or has read out. */
async function english(frame: Frame): Promise<readonly string[]> {
  const said = await frame.evaluate(() =>
    [...document.querySelectorAll('body, body *:not(script)')].flatMap((element) => [
      ...[...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent ?? ''),
      ...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    ]),
  )
  const texts = new Set(said.map((each) => each.trim()))
  return Object.keys(words).filter((word) => texts.has(word) && words[word] !== word)
}

step('the tree of models', async (page) => {
  await page.getByRole('tab', { name: 'ModelDriver', exact: true }).click()
  const tree = page.locator('[id="workbench.view.extension.modeldriver"]')
  await tree.getByRole('treeitem', { name: /^modelo, customers, seq 2 · por customer_id$/ }).waitFor()
  await tree
    .getByRole('treeitem', { name: /^Características de grupo/ })
    .first()
    .waitFor()
  await page.keyboard.press('Control+B')
})

step('the lines above the features, and what hovers say', async (page) => {
  await lens(page, 'por dt_date · solo lee características de grupo').first().waitFor()
  await lens(page, '2 entradas: day_margin, day_valid_revenue').first().waitFor()
  await clickLens(page, 'export function day_margin_pct(', '2 entradas')
  await page.locator('.quick-input-title', { hasText: 'Orígenes de day_margin_pct' }).waitFor()
  await page.keyboard.press('Escape')
})

step('a run: its results, and values beside the code', async (page) => {
  await runCommand(page, 'ModelDriver: Ejecutar el modelo con la muestra')
  const results = await view(page, 'results')
  await results.getByRole('tab', { name: /^Grupos/ }).click()
  await results.getByRole('grid', { name: 'Tabla de grupos' }).waitFor()
  const cell = results.locator('[data-row="0"][data-col="day_margin_pct"]')
  await cell.filter({ hasText: /^\d+,\d\d$/ }).waitFor()
  await until('values behind a line', async () => {
    const behind = await page
      .locator('.monaco-editor .view-line span')
      .evaluateAll((spans) => spans.map((span) => getComputedStyle(span, '::after').content))
    return behind.some((each) => /media \d+,\d · mín .* · máx /.test(each))
  })
  await page.keyboard.press('Control+1')
  await picture(session, 'spanish-code')
  await cell.click()
  await maximizeView(page)
  await results.locator('[data-trace=day_margin_pct]').waitFor()
  await picture(session, 'spanish-results')
  expect(await english(results)).toEqual([])
  expect(await results.evaluate(() => document.documentElement.lang)).toBe('es')
  expect(await violations(results)).toEqual([])
  await results.locator('[data-header=day_margin_pct]').click({ button: 'right', position: { x: 30, y: 12 } })
  await results.getByRole('menuitem', { name: 'Ordenar de mayor a menor' }).waitFor()
  await picture(session, 'spanish-menu')
  expect(await english(results)).toEqual([])
  await page.keyboard.press('Escape')
  await results.getByRole('tab', { name: /^Características/ }).click()
  await results.getByRole('columnheader', { name: 'Faltan' }).waitFor()
  await picture(session, 'spanish-features')
  expect(await english(results)).toEqual([])
})

step('the graph', async (page) => {
  await runCommand(page, 'ModelDriver: Mostrar el grafo de dependencias')
  const graph = await view(page, 'graph')
  await graph.getByRole('treeitem', { name: /day_margin_pct.*Característica de grupo en daily, 2 entradas/ }).click()
  await maximizeView(page)
  await graph.getByRole('complementary', { name: 'Detalles de day_margin_pct' }).waitFor()
  await picture(session, 'spanish-graph')
  expect(await english(graph)).toEqual([])
  expect(await graph.evaluate(() => document.documentElement.lang)).toBe('es')
  expect(await violations(graph)).toEqual([])
  await graph.getByRole('button', { name: 'Orígenes', exact: true }).click()
  await graph.getByRole('combobox', { name: 'A cuántos pasos' }).selectOption({ label: '2 pasos' })
  await graph.getByRole('button', { name: 'Exportar lo dibujado' }).click()
  await graph.getByRole('menuitem', { name: 'Imagen SVG…' }).waitFor()
  await picture(session, 'spanish-lineage')
  expect(await english(graph)).toEqual([])
})

step('lists and messages', async (page) => {
  await runCommand(page, 'ModelDriver: Mostrar quién la usa')
  await page.locator('.quick-input-title', { hasText: 'Usos de day_margin_pct' }).waitFor()
  await quickPickRows(page, 'Mostrar en el grafo').waitFor()
  await picture(session, 'spanish-users')
  await page.keyboard.press('Escape')
  await runCommand(page, 'ModelDriver: Copiar el diagnóstico para un informe de error')
  await page.locator('.notification-list-item', { hasText: 'Copiado. Léalo antes de enviarlo' }).waitFor()
})
