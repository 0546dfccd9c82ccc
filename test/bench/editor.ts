import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import { openSession, type Session } from '../support/session.ts'
import { until } from '../support/until.ts'
import { maximizeView, openFile, runCommand, startOver, view } from '../support/workbench.ts'
import { makeRandom } from './data.ts'
import { manyFiles } from './features.ts'
import { dragged, flung, jumped, type Scrolled, toTop, wheeled } from './scrolling.ts'

/** One thing that a person waits for, with what it may take. */
export interface EditorResult {
  readonly what: string
  readonly ms: readonly number[]
  /** Milliseconds that it may take at the longest. */
  readonly atMost?: number
}

const repeats = 5
const rows = 1_000_000
const columns = 12

/** What a person waits for in a real VS Code with the packaged extension: graphs, and the results of a million rows. */
export async function editorBench(note: (line: string) => void): Promise<readonly EditorResult[]> {
  const settings = { 'modeldriver.sample.rows': rows, 'modeldriver.run.memoryMb': 4096 }
  const session = await openSession(settings, { other: emptyPage, hasScrollBars: true })
  try {
    note('graphs …')
    const graphs = [...(await retailGraph(session)), ...(await largeGraph(session))]
    note('results …')
    const large = await largeResults(session)
    await startOver(session.page)
    return [...graphs, ...large, ...(await wideResults(session))]
  } finally {
    await session.close()
  }
}

/** An extension whose one command opens a page of one word: what VS Code takes for any page. */
const emptyPage: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'other',
    publisher: 'other',
    version: '1.0.0',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    activationEvents: ['onStartupFinished'],
    contributes: { commands: [{ command: 'other.empty', title: 'Show Empty Page' }] },
  }),
  'main.js': `const { commands, window } = require('vscode')
exports.activate = () => commands.registerCommand('other.empty', () => {
  const where = { viewColumn: -2, preserveFocus: true }
  const panel = window.createWebviewPanel('empty', 'Empty', where, { enableScripts: true })
  panel.webview.html = '<html data-view="graph" data-state="ready"><body><p data-node="">Empty</p></body></html>'
})`,
}

/** Our page and an empty one in turn, after two pages of the window, for which VS Code prepares itself. */
async function retailGraph({ page, file }: Session): Promise<readonly EditorResult[]> {
  const first: number[] = []
  const empty: number[] = []
  const graph: number[] = []
  const measure = async (title: string) => {
    await openFile(page, file('retail', 'daily.features.ts'))
    await page.locator('.codelens-decoration').first().waitFor()
    const ms = await untilPage(page, title)
    await startOver(page)
    return ms
  }
  for (let i = 0; i < 2; i++) first.push(await measure('Show Empty Page'))
  for (let i = 0; i < repeats; i++) {
    graph.push(await measure('ModelDriver: Show Dependency Graph'))
    empty.push(await measure('Show Empty Page'))
  }
  return [
    { what: 'an empty page of another extension, the first two pages of the window', ms: first },
    { what: 'an empty page of another extension, later', ms: empty },
    { what: 'graph of samples/retail (72 nodes), from the command to the picture', ms: graph, atMost: 500 },
  ]
}

async function largeGraph(session: Session): Promise<readonly EditorResult[]> {
  for (const [path, text] of manyFiles(20, 100)) write(session.file('large', path), text)
  const { page } = session
  const opening: number[] = []
  const frames: number[] = []
  const whole: number[] = []
  const wholeFrames: number[] = []
  const wholePans: number[] = []
  for (let i = 0; i < repeats; i++) {
    await openFile(page, session.file('large', 'f10.features.ts'))
    await page.locator('.codelens-decoration').first().waitFor()
    opening.push(await untilPage(page, 'ModelDriver: Show Dependency Graph'))
    await maximizeView(page)
    const graph = await view(page, 'graph')
    frames.push(...(await panned(graph)))
    const all = await drawnWhole(graph)
    whole.push(all.ms)
    wholeFrames.push(all.longestFrame)
    wholePans.push(...(await panned(graph)))
    await startOver(page)
  }
  return [
    { what: 'graph of 2,000 features in 20 files, from the command to the picture', ms: opening, atMost: 1_500 },
    { what: 'the same, longest time between two frames while it is moved', ms: frames, atMost: 50 },
    { what: 'the same, from *All* to the picture of all 2,005 nodes', ms: whole },
    { what: 'longest time between two frames until then', ms: wholeFrames },
    { what: 'longest time between two frames while all of it is moved', ms: wholePans, atMost: 50 },
  ]
}

/** From the command to a page that says it is ready. */
async function untilPage(page: Page, title: string): Promise<number> {
  await page.keyboard.press('F1')
  const list = page.locator('.quick-input-widget input')
  await list.fill(`>${title}`)
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title.replace(/^.*: /, '') }).waitFor()
  const started = performance.now()
  await page.keyboard.press('Enter')
  const graph = await view(page, 'graph')
  await graph.locator('[data-node]').first().waitFor()
  return performance.now() - started
}

/** Presses *All*: until its picture is there, and the longest frame of the page in the meantime. */
function drawnWhole(graph: Frame): Promise<{ readonly ms: number; readonly longestFrame: number }> {
  return graph.evaluate(async () => {
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
    const all = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'All')
    const started = await frame()
    all?.click()
    let before = started
    let longestFrame = 0
    do {
      const now = await frame()
      longestFrame = Math.max(longestFrame, now - before)
      before = now
    } while (document.documentElement.dataset.state !== 'ready')
    const drawn = await frame()
    return { ms: drawn - started, longestFrame: Math.max(longestFrame, drawn - before) }
  })
}

/** The longest frame of each of a few moves across the drawing. */
function panned(graph: Frame): Promise<readonly number[]> {
  return graph.evaluate(async () => {
    const canvas = document.querySelector('.canvas') as HTMLElement
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
    const longest: number[] = []
    for (const [deltaX, deltaY] of [
      [40, 0],
      [0, 30],
      [-40, 0],
      [0, -30],
    ]) {
      let worst = 0
      let before = await frame()
      for (let step = 0; step < 30; step++) {
        canvas.dispatchEvent(
          new WheelEvent('wheel', { deltaX, deltaY, bubbles: true, cancelable: true } as WheelEventInit),
        )
        const now = await frame()
        worst = Math.max(worst, now - before)
        before = now
      }
      longest.push(worst)
    }
    return longest
  })
}

async function largeResults(session: Session): Promise<readonly EditorResult[]> {
  writeMillion(session)
  const { page } = session
  await openFile(page, session.file('million', 'wide.features.ts'))
  await page.locator('.codelens-decoration').first().waitFor()
  await runCommand(page, 'ModelDriver: Run Model on Sample')
  const hasRows = async (frame: Frame) => (await frame.locator('[data-row="0"]').count()) > 0
  const results = await until('the results', () => view(page, 'results', hasRows), 300_000)
  await maximizeView(page)
  const painted: number[] = []
  const sorted: number[] = []
  const jumps: number[] = []
  const wheel: Scrolled[] = []
  const bar: Scrolled[] = []
  for (let i = 0; i < repeats; i++) {
    painted.push(await untilPainted(results))
    sorted.push(await untilSorted(results, i % 2 === 0 ? 'price' : 'margin'))
    jumps.push(...(await jumped(results, [0.5, 0.1, 0.9, 0.3])))
    await toTop(results)
    bar.push(await dragged(page, results, 0.2 + 0.15 * i))
    wheel.push(await wheeled(page, results, 90), await flung(page, results, 1), await wheeled(page, results, -90))
    await toTop(results)
  }
  const table = `${rows.toLocaleString('en')} rows × ${columns} columns`
  return [
    { what: `results of ${table}, from the end of the run to the first cells`, ms: painted, atMost: 300 },
    { what: 'sorted by a click on a header', ms: sorted, atMost: 1_500 },
    { what: 'after a jump to another place, until every row in sight has its cells', ms: jumps, atMost: 150 },
    {
      what: 'turned by the wheel and pushed on a touchpad, up to 750 rows a second: longest time between two frames',
      ms: wheel.map(({ longestFrame }) => longestFrame),
      atMost: 50,
    },
    { what: 'as long as some of the table showed no cells then', ms: wheel.map(({ blank }) => blank), atMost: 0 },
    {
      what: 'dragged by its bar through hundreds of thousands of rows: longest time between two frames',
      ms: bar.map(({ longestFrame }) => longestFrame),
      atMost: 50,
    },
    { what: 'as long as some of the table showed no cells then', ms: bar.map(({ blank }) => blank), atMost: 0 },
    {
      what: 'longest time that the same rows stood there then, while it was scrolled to others',
      ms: bar.map(({ longestBehind }) => longestBehind),
      atMost: 150,
    },
    {
      what: 'after it came to rest, until the rows of that place are there',
      ms: bar.map(({ untilThere }) => untilThere),
      atMost: 150,
    },
  ]
}

/** A table of many columns: what the eye meets when it goes sideways. */
async function wideResults(session: Session): Promise<readonly EditorResult[]> {
  writeWide(session)
  const { page } = session
  await openFile(page, session.file('wide', 'wide.features.ts'))
  await page.locator('.codelens-decoration').first().waitFor()
  await runCommand(page, 'ModelDriver: Run Model on Sample')
  const hasRows = async (frame: Frame) => (await frame.locator('[data-col="n0"]').count()) > 0
  const results = await until('the results', () => view(page, 'results', hasRows), 300_000)
  await maximizeView(page)
  const painted: number[] = []
  const jumped: number[] = []
  const frames: number[] = []
  for (let i = 0; i < repeats; i++) {
    painted.push(await untilPainted(results))
    jumped.push(...(await blankAfterJump(results)))
    frames.push(...(await scrolledSideways(results)))
  }
  const table = '100,000 rows × 200 columns'
  return [
    { what: `results of ${table}, from the end of the run to the first cells`, ms: painted, atMost: 300 },
    {
      what: 'after a jump to other columns, until each in sight has its cells and its header',
      ms: jumped,
    },
    { what: 'longest time between two frames while it is scrolled sideways', ms: frames, atMost: 50 },
  ]
}

function blankAfterJump(results: Frame): Promise<readonly number[]> {
  return results.evaluate(async () => {
    const grid = document.querySelector('.grid') as HTMLElement
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
    const times: number[] = []
    for (const part of [0.5, 0.1, 0.9, 0.3]) {
      grid.scrollLeft = grid.scrollWidth * part
      const started = performance.now()
      do await frame()
      while (document.querySelector('.row > .waiting, .head:not(:has(.bars, .top, .key-count))') !== null)
      times.push(performance.now() - started)
    }
    grid.scrollLeft = 0
    await frame()
    return times
  })
}

function scrolledSideways(results: Frame): Promise<readonly number[]> {
  return results.evaluate(async () => {
    const grid = document.querySelector('.grid') as HTMLElement
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
    const longest: number[] = []
    for (const step of [60, -60]) {
      let worst = 0
      let before = await frame()
      for (let i = 0; i < 60; i++) {
        grid.scrollLeft += step
        const now = await frame()
        worst = Math.max(worst, now - before)
        before = now
      }
      longest.push(worst)
    }
    return longest
  })
}

/** Runs again; from the message that the run ended to cells of the new run on the screen. */
function untilPainted(results: Frame): Promise<number> {
  return results.evaluate(
    () =>
      new Promise<number>((done) => {
        let ended = 0
        addEventListener('message', function taken(event: MessageEvent) {
          if (event.data?.kind === 'ran') ended = performance.now()
          if (event.data?.kind !== 'page' || ended === 0) return
          removeEventListener('message', taken)
          requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - ended)))
        })
        const again = [...document.querySelectorAll('button')].find((button) =>
          button.textContent?.includes('Run again'),
        )
        again?.click()
      }),
  )
}

async function untilSorted(results: Frame, column: string): Promise<number> {
  const header = results.locator(`[data-header=${column}]`)
  await header.waitFor()
  const before = await results.locator('[data-row="0"]').first().textContent()
  const started = performance.now()
  await header.click({ position: { x: 30, y: 12 } })
  await until('sorted', async () => {
    const first = results.locator('.row').first()
    const isThere = (await first.locator('.waiting').count()) === 0
    return isThere && (await results.locator('[data-row="0"]').first().textContent()) !== before
  })
  return performance.now() - started
}

function writeMillion(session: Session): void {
  const random = makeRandom(7)
  const names = ['shop', 'price', 'cost', ...Array.from({ length: columns - 6 }, (_, i) => `n${i}`)]
  const lines = [names.join()]
  for (let row = 0; row < rows; row++) {
    const numbers = names.slice(1).map(() => (random() * 1000).toFixed(2))
    lines.push(`s${Math.floor(random() * 500)},${numbers.join()}`)
  }
  write(session.file('million', 'wide.csv'), `${lines.join('\n')}\n`)
  write(
    session.file('million', 'wide.features.ts'),
    `// group_by: shop
export function margin(price, cost) { return price - cost }
export function share(price, shop_price) { return price / shop_price }
export function is_dear(price) { return price > 500 }
export function shop_price(price) { return price.sum() } //#agg
`,
  )
}

function writeWide(session: Session): void {
  const random = makeRandom(11)
  const names = ['shop', ...Array.from({ length: 197 }, (_, index) => `n${index}`)]
  const lines = [names.join()]
  for (let row = 0; row < 100_000; row++) {
    const base = Math.floor(random() * 9973)
    lines.push(
      `s${base % 500},${names
        .slice(1)
        .map((_, index) => (base * (index + 1)) % 9973)
        .join()}`,
    )
  }
  write(session.file('wide', 'wide.csv'), `${lines.join('\n')}\n`)
  write(
    session.file('wide', 'wide.features.ts'),
    `// group_by: shop
export function margin(n0, n1) { return n0 - n1 }
export function share(n0, shop_n) { return n0 / shop_n }
export function shop_n(n0) { return n0.sum() } //#agg
`,
  )
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
