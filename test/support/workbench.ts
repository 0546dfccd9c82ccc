import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Frame, Locator, Page } from 'playwright-core'
import { until } from './until.ts'

/** What a person does with their hands in VS Code, as functions over a page that shows the workbench. */

/** Opens a file by its absolute path, gives its editor the focus, and resolves to its text. */
export async function openFile(page: Page, path: string): Promise<string> {
  await takeByKeys(page, 'Control+P', path, basename(path))
  await shownFile(page, basename(path)).waitFor()
  await activeEditor(page).locator('.view-line').first().waitFor()
  await focusEditor(page)
  return readFileSync(path, 'utf8')
}

/** The tab of a file that an editor group shows; the tab of its graph names the file too and is another. */
export function shownFile(page: Page, name: string): Locator {
  return page.locator(`.tab[aria-selected=true][data-resource-name="${name}"]`)
}

/** Runs a command by its title as the palette shows it (`ModelDriver: Show Dependency Graph`). */
export async function runCommand(page: Page, title: string): Promise<void> {
  // Whatever takes the focus closes the list, such as a page that appears late.
  await until(title, async () => {
    await fillQuickInput(page, 'F1', `>${title}`)
    await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click({ timeout: 5000 })
    return true
  })
}

/** The same with nothing but keys. */
export const runCommandByKeys = (page: Page, title: string): Promise<void> => takeByKeys(page, 'F1', `>${title}`, title)

/** Types into the list that a key opens, and takes the row with `text`. */
async function takeByKeys(page: Page, key: string, typed: string, text: string): Promise<void> {
  // Enter takes the focused row, which is another one until the list has caught up with what was typed.
  const row = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text })
  await until(`${text} in the list`, async () => {
    await fillQuickInput(page, key, typed)
    await row.waitFor({ timeout: 5000 })
    return true
  })
  await page.keyboard.press('Enter')
}

/** Puts the cursor at a 1-based line and column of the active editor. */
async function goTo(page: Page, line: number, column: number): Promise<void> {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: new RegExp(`\\b${line}\\b`) })
  const there = page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` })
  // A page that takes the focus late leaves the list without an editor to go to a line of, or takes the Enter.
  await until(`line ${line}`, async () => {
    await focusEditor(page)
    await fillQuickInput(page, 'Control+G', `:${line}:${column}`)
    await row.waitFor({ timeout: 1500 }).catch(() => page.keyboard.press('Escape'))
    if (!(await row.isVisible())) return false
    await page.keyboard.press('Enter')
    await there.waitFor({ timeout: 2000 }).catch(() => page.keyboard.press('Escape'))
    return there.isVisible()
  })
}

/** Puts the cursor before the first `search` in the active editor, which shows `text`. Resolves to its offset. */
export async function goToText(page: Page, text: string, search: string): Promise<number> {
  const at = text.indexOf(search)
  if (at < 0) throw new Error(`'${search}' does not stand in the text`)
  const lines = text.slice(0, at).split('\n')
  await goTo(page, lines.length, (lines.at(-1) ?? '').length + 1)
  return at
}

/** Waits until the cursor is in the line of the first `search` in the active editor, which shows `text`. */
export function cursorAt(page: Page, text: string, search: string): Promise<void> {
  const line = text.slice(0, text.indexOf(search)).split('\n').length
  return page.locator('.statusbar-item', { hasText: `Ln ${line}, ` }).waitFor()
}

/** Types `replacement` over the first `search` (within a line), as goToText finds it. Resolves to what the editor shows then. */
export async function typeOver(page: Page, text: string, search: string, replacement: string): Promise<string> {
  const at = await goToText(page, text, search)
  for (const _ of search) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.insertText(replacement)
  return text.slice(0, at) + replacement + text.slice(at + search.length)
}

/** Adds text at the end of the active editor, which shows `text`; nothing is saved. Resolves to what it shows then. */
export async function typeAtEnd(page: Page, text: string, more: string): Promise<string> {
  await focusEditor(page)
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText(more)
  return text + more
}

/** VS Code cancels pending code lenses when the editor loses the focus; this gives it back. */
export async function focusEditor(page: Page): Promise<void> {
  const focused = page.locator('.editor-group-container.active .monaco-editor.focused').first()
  await until('the focus in the editor', async () => {
    await page.keyboard.press('Control+1')
    await focused.waitFor({ timeout: 2000 }).catch(() => undefined)
    return focused.isVisible()
  })
}

/** Takes back everything that was typed and closes every editor, whatever state a test left the window in. */
export async function startOver(page: Page): Promise<void> {
  await page.keyboard.press('Escape') // a quick input or a dialog
  const dirty = page.locator('.tabs-container .tab.dirty')
  while ((await dirty.count()) > 0) {
    await dirty.first().click()
    // None, where the last was being saved.
    const left = Math.max(0, (await dirty.count()) - 1)
    await runCommand(page, 'File: Revert File')
    await until('the changes to be taken back', async () => (await dirty.count()) <= left)
  }
  if (await page.locator('.part.panel').isVisible()) await page.keyboard.press('Control+J')
  const tabs = page.locator('.tabs-container .tab')
  await until('the editors to close', async () => {
    await page.keyboard.press('Control+K')
    await page.keyboard.press('Control+W')
    await tabs.first().waitFor({ state: 'detached', timeout: 2000 })
    return true
  })
}

export function activeEditor(page: Page): Locator {
  return page.locator('.editor-group-container.active .editor-instance')
}

/** Lens links (not lenses that are still text while they are resolved) whose text holds `text`. */
export function lens(page: Page, text: string | RegExp): Locator {
  return page.locator('.codelens-decoration a', { hasText: text })
}

/** Clicks a part of the line above a declaration (`export function margin(`) that is on the screen. */
export async function clickLens(page: Page, declaration: string, text: string): Promise<void> {
  await until(`'${text}' above '${declaration}'`, async () => {
    const link = (await page.evaluateHandle(lensAbove, { declaration, text })).asElement()
    await link?.click({ timeout: 3000 })
    return link !== null
  })
}

/** In the page, and in one step, because lines move while others are drawn: the link next above the line of a declaration. */
function lensAbove(wanted: { readonly declaration: string; readonly text: string }): Element | undefined {
  const visible = (text: string, selector: string): Element[] =>
    [...document.querySelectorAll(`.editor-group-container.active .editor-instance ${selector}`)].filter(
      (each) => each.checkVisibility() && each.textContent?.replaceAll('\u00a0', ' ').includes(text),
    )
  const line = visible(wanted.declaration, '.view-line')[0]?.getBoundingClientRect()
  return visible(wanted.text, '.codelens-decoration a').find((link) => {
    const { top } = link.getBoundingClientRect()
    return line !== undefined && top < line.top && top > line.top - 1.5 * line.height
  })
}

/** Gives a view the whole window; `startOver` takes it back. */
export async function maximizeView(page: Page): Promise<void> {
  await page.keyboard.press('Control+2')
  await page
    .locator('.editor-group-container.active .tab.active', { hasText: /Graph|Results|Grafo|Resultados/ })
    .waitFor()
  await page.keyboard.press('Control+K')
  await page.keyboard.press('Control+M')
  await page.locator('.editor-instance[data-mode-id]').first().waitFor({ state: 'hidden' })
}

/** What stands behind words and lines of the code without being its text, such as values of the last run. */
export function behindText(page: Page): Promise<readonly string[]> {
  return page
    .locator('.editor-instance .view-line span')
    .evaluateAll((spans) =>
      spans.map((span) => getComputedStyle(span, '::after').content).filter((text) => text !== 'none' && text !== ''),
    )
}

/** Those of them that stand there in italics. */
export function staleText(page: Page): Promise<readonly string[]> {
  return page.locator('.editor-instance .view-line span').evaluateAll((spans) =>
    spans
      .map((span) => getComputedStyle(span, '::after'))
      .filter(({ content, fontStyle }) => content !== 'none' && content !== '' && fontStyle === 'italic')
      .map(({ content }) => content),
  )
}

export function errorSquiggles(page: Page): Locator {
  return page.locator('.squiggly-error')
}

/** Rows of the problem list; opens it. */
export async function problems(page: Page, text: string | RegExp): Promise<Locator> {
  const panel = page.locator('.markers-panel')
  if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+M')
  await panel.waitFor()
  return panel.locator('.monaco-list-row', { hasText: text })
}

export function quickPickRows(page: Page, text?: string | RegExp): Locator {
  const rows = page.locator('.quick-input-widget .monaco-list-row')
  return text === undefined ? rows : rows.filter({ hasText: text })
}

/**
 * The page of a view (`<html data-view="…">`), when it is on the screen and says that it is ready, and `check` holds for it.
 * VS Code keeps hidden pages in the document and makes new ones as it likes, so ask again for every group of checks.
 */
export function view(
  page: Page,
  name: 'graph' | 'results',
  check: (frame: Frame) => Promise<boolean> | boolean = () => true,
): Promise<Frame> {
  return until(`the ${name} view`, async () => {
    for (const frame of page.frames()) {
      if ((await viewState(frame)) !== `${name} ready`) continue
      const outer = await frame.parentFrame()?.frameElement()
      if ((await outer?.isVisible()) && (await check(frame))) return frame
    }
    return undefined
  })
}

/** The page of results when it says that something is wrong, in these words. */
export function errorPage(page: Page, words: string): Promise<Frame> {
  return until(`the results to say: ${words}`, async () => {
    for (const frame of page.frames()) {
      const said = frame.locator('html[data-view=results][data-state=error]', { hasText: words })
      if ((await said.count()) === 1 && (await said.isVisible())) return frame
    }
    return undefined
  })
}

async function viewState(frame: Frame): Promise<string> {
  if (frame.isDetached()) return ''
  try {
    return await frame.evaluate(() => {
      const { view, state } = document.documentElement.dataset
      return `${view} ${state}`
    })
  } catch {
    return '' // the frame went away while it was asked
  }
}

async function fillQuickInput(page: Page, key: string, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]').first()
  await until(`the quick input (${key})`, async () => {
    if (!(await input.isVisible())) await page.keyboard.press(key)
    await input.fill(text, { timeout: 3000 })
    return true
  })
}

/** Gives the file that is to be written this path, once the dialog proposes its name, which ends like this. */
export async function saveAs(page: Page, proposed: string, path: string): Promise<void> {
  const input = page.locator('.quick-input-widget input')
  await until(`the proposed name ${proposed}`, async () => (await input.inputValue()).endsWith(proposed))
  await input.fill(path)
  await page.keyboard.press('Enter')
}

/** No message lies over what is clicked next. */
export async function clearMessages(page: Page): Promise<void> {
  await runCommand(page, 'Notifications: Clear All Notifications')
  await page.locator('.notification-toast').first().waitFor({ state: 'detached' })
}

/** Rename Symbol at the cursor, as far as typing the new name. */
export async function renameTo(page: Page, name: string): Promise<void> {
  const box = page.locator('.rename-box input')
  await until('the box for the new name', async () => {
    await page.keyboard.press('F2')
    await box.waitFor({ timeout: 3000 })
    return true
  })
  await box.fill(name)
  await page.keyboard.press('Enter')
  await box.waitFor({ state: 'hidden' })
}

/** The entries that the light bulb offers at the cursor. */
export async function lightBulb(page: Page): Promise<Locator> {
  const entries = page.locator('.action-widget .monaco-list-row')
  await until('the light bulb', async () => {
    await focusEditor(page)
    await page.keyboard.press('Control+.')
    await entries.first().waitFor({ timeout: 3000 })
    return true
  })
  // Older versions take no click before the mouse was moved.
  await page.mouse.move(1, 1)
  return entries
}

/** The rows of the suggestions at the cursor. */
export async function suggestions(page: Page): Promise<Locator> {
  const rows = page.locator('.suggest-widget.visible .monaco-list-row')
  await until('suggestions', async () => {
    await focusEditor(page)
    await page.keyboard.press('Control+Space')
    await rows.first().waitFor({ timeout: 3000 })
    return true
  })
  return rows
}

/** Points at something until what VS Code shows for it is there: whatever is drawn anew under the mouse closes it. */
export async function pointAt(page: Page, what: Locator, shown: Locator): Promise<void> {
  await until('what is shown at the mouse', async () => {
    await page.mouse.move(1, 1)
    // Text lies above what underlines it, and gets the pointer in its place.
    await what.hover({ timeout: 3000, force: true })
    await shown.waitFor({ timeout: 3000 })
    return true
  })
}

/** The hover at the cursor, by keys, when it has `text`. */
export async function hoverAtCursor(page: Page, text: string): Promise<Locator> {
  const hover = page.locator('.monaco-hover', { hasText: text })
  await until(`the hover with ${text}`, async () => {
    await focusEditor(page)
    await page.keyboard.press('Control+K')
    await page.keyboard.press('Control+I')
    await hover.waitFor({ timeout: 3000 })
    return true
  })
  return hover
}

/** The lines of the active editor that are drawn, in their order, as text. */
export async function editorText(page: Page): Promise<string> {
  const lines = await activeEditor(page)
    .locator('.view-line')
    .evaluateAll((all) =>
      all
        .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ')),
    )
  return lines.join('\n')
}

/** VS Code wrote it down in the browser's database. */
export const isKept = (page: Page, text: string): Promise<boolean> =>
  page.evaluate(async (text) => {
    const answered = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    for (const { name = '' } of await indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db')) continue
      const database = await answered(indexedDB.open(name))
      const values = await answered(database.transaction('ItemTable').objectStore('ItemTable').getAll())
      database.close()
      if (values.some((value) => String(value).includes(text))) return true
    }
    return false
  }, text)
