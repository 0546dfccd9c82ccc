import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clone } from '../support/clone.ts'
import { picture, pictureOnFailure } from '../support/pictures.ts'
import { type Session, sharedSession } from '../support/session.ts'
import { until } from '../support/until.ts'
import { goToText, openFile, renameTo, runCommand, startOver } from '../support/workbench.ts'

let session: Session
let numbers: Record<string, string>
beforeAll(async () => {
  session = await sharedSession()
  // The pipeline's first model names what it gives, so that the manifest has names to follow.
  const text = read('modeldriver.json')
  writeFileSync(
    file('modeldriver.json'),
    text.replace(
      '"data": "data/transactions.csv",',
      '"data": "data/transactions.csv",\n      "outputs": ["revenue", "margin"],',
    ),
  )
  numbers = tables()
})
afterAll(() => session?.close())
afterEach(() => startOver(session.page))

const files = ['transactions.features.ts', 'daily.features.ts', 'customer_profile.features.ts', 'modeldriver.json']
const file = (name: string): string => session.file('retail', name)
const read = (name: string): string => readFileSync(file(name), 'utf8')
const texts = (): Record<string, string> => Object.fromEntries(files.map((name) => [name, read(name)]))

/** A name wherever it stands as a whole word, but in comments: worked out without the product. */
const withName = (text: string, from: string, to: string): string =>
  text
    .split('\n')
    .map((line) => (/^\s*(\/\*\*|\/\/)/.test(line) ? line : line.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to)))
    .join('\n')

function modeldriver(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(clone, 'dist/cli.js'), ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`modeldriver ${args.join(' ')}: ${stdout}${stderr}`)
  return stdout
}

/** Every table that a run writes, by file name. */
function tables(): Record<string, string> {
  const out = mkdtempSync(join(tmpdir(), 'md-'))
  try {
    modeldriver('run', session.file('retail'), '--out', out)
    return Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]))
  } finally {
    rmSync(out, { recursive: true })
  }
}

/** Texts on disk and in the editor are the same after this. */
async function saveAll(): Promise<void> {
  const dirty = session.page.locator('.tab.dirty').first()
  // Where nothing is to be saved, there is no such command.
  if (await dirty.isVisible()) await runCommand(session.page, 'File: Save All Files')
  await dirty.waitFor({ state: 'detached', timeout: 3000 })
}

/** Waits until the files are these, where VS Code may still be writing one. */
async function saved(expected: Readonly<Record<string, string>>): Promise<void> {
  await until('the rename', async () => {
    await saveAll()
    return isDeepStrictEqual(texts(), expected)
  }).catch(() => expect(texts()).toEqual(expected))
}

/** Takes back the last step, after which every file is as it was. */
async function undone(before: Readonly<Record<string, string>>): Promise<void> {
  await session.page.keyboard.press('Control+1')
  await session.page.keyboard.press('Control+Z')
  await until('everything as it was', async () => {
    await saveAll()
    return files.every((name) => read(name) === before[name])
  })
}

function scene(title: string, work: () => Promise<void>): void {
  test(title, () => pictureOnFailure(session.page, title, work))
}

describe('F2', () => {
  scene(
    'on a parameter renames the feature of an earlier model everywhere, in one step that is undone in one',
    async () => {
      const { page } = session
      const before = texts()
      const numbers = tables()
      const text = await openFile(page, file('customer_profile.features.ts'))
      await goToText(page, text, 'revenue) {\n  return revenue.sum()')
      await renameTo(page, 'line_revenue')
      const expected = Object.fromEntries(
        files.map((name) => [name, withName(before[name] ?? '', 'revenue', 'line_revenue')]),
      )
      await saved(expected)
      for (const name of files) expect(expected[name], name).not.toBe(before[name])

      expect(modeldriver('check', session.file('retail'))).not.toMatch(/\b(?:error|warning)s?\b/)
      const renamed = Object.entries(numbers).map(([name, table]) => {
        const [header = '', ...rows] = table.split('\n')
        return [name, [header.replaceAll(/\brevenue\b/g, 'line_revenue'), ...rows].join('\n')]
      })
      expect(tables()).toEqual(Object.fromEntries(renamed))

      await undone(before)
    },
  )

  scene('on a column of the data asks before it writes an alias into the manifest', async () => {
    const { page } = session
    const before = texts()
    const text = await openFile(page, file('transactions.features.ts'))
    await goToText(page, text, 'unit_cost) {')
    await renameTo(page, 'cost_per_piece')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await saveAll()
    expect(texts()).toEqual(before)

    await goToText(page, text, 'unit_cost) {')
    await renameTo(page, 'cost_per_piece')
    await picture(session, 'rename-column')
    await page.getByRole('button', { name: 'Rename' }).click()
    const alias = /"columns": \{[^[]*"cost_per_piece": \{\s*"from": "unit_cost"\s*\}/
    await until('the alias', async () => {
      await saveAll()
      return alias.test(read('modeldriver.json'))
    })
    const name = 'transactions.features.ts'
    await saved({
      ...before,
      'modeldriver.json': read('modeldriver.json'),
      [name]: withName(before[name] ?? '', 'unit_cost', 'cost_per_piece'),
    })
    expect(modeldriver('check', session.file('retail'))).not.toMatch(/\b(?:error|warning)s?\b/)
    const { 'daily.outputs.csv': daily = '' } = tables()
    expect(daily).toBe(numbers['daily.outputs.csv'])

    await undone(before)
  })

  scene("on a local variable is TypeScript's own", async () => {
    const { page } = session
    const before = texts()
    const text = await openFile(page, file('customer_profile.features.ts'))
    await goToText(page, text, 'items = new Map')
    await renameTo(page, 'bought')
    const expected = withName(before['customer_profile.features.ts'] ?? '', 'items', 'bought')
    await saved({ ...before, 'customer_profile.features.ts': expected })
  })
})

describe('the command', () => {
  scene('asks for the new name, says why one cannot be, and renames everywhere', async () => {
    const { page } = session
    const before = texts()
    const text = await openFile(page, file('daily.features.ts'))
    await goToText(page, text, 'receipts(transaction_id')
    await runCommand(page, 'ModelDriver: Rename Column or Feature')
    await page.locator('.quick-input-title', { hasText: 'Rename receipts' }).waitFor()
    const name = page.locator('.quick-input-widget input[type=text]')
    expect(await name.inputValue()).toBe('receipts')
    await name.fill('day_revenue')
    await page
      .locator('.quick-input-message', { hasText: "'day_revenue' is already a feature of model 'daily'" })
      .waitFor()
    await name.fill('receipt_count')
    await page.keyboard.press('Enter')
    const expected = Object.entries(before).map(([name, each]) => [name, withName(each, 'receipts', 'receipt_count')])
    await saved(Object.fromEntries(expected))
    await undone(before)
  })
})
