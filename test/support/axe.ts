import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Frame } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with a page, a line each. */
export async function violations(frame: Frame): Promise<readonly string[]> {
  if (await frame.evaluate(() => !('axe' in globalThis))) await frame.evaluate(axe)
  const found = await frame.evaluate(
    () =>
      (globalThis as unknown as { axe: { run: (of: Document, options: RunOptions) => Promise<AxeResults> } }).axe.run(
        document,
        { resultTypes: ['violations'] },
      ) as Promise<AxeResults>,
  )
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary.replaceAll('\n', ' ')}`,
    ),
  )
}

/** What VS Code gives a page of the theme: the values of the style sheet's variables, and what the page is called. */
export interface Dress {
  readonly variables: string
  readonly classes: string
  readonly marks: Readonly<Record<string, string | undefined>>
}

/** What a page wears in the theme that the window has. */
export function dressOf(frame: Frame): Promise<Dress> {
  return frame.evaluate(() => ({
    variables: document.documentElement.style.cssText,
    classes: document.body.className,
    marks: { ...document.body.dataset },
  }))
}

/** What axe finds wrong with a page as it is now in each of the themes, without waiting for VS Code to change them. */
export async function violationsIn(dresses: ReadonlyMap<string, Dress>, frame: Frame): Promise<readonly string[]> {
  const own = await dressOf(frame)
  const found: string[] = []
  for (const [theme, dress] of dresses) {
    await frame.evaluate(putOn, dress)
    found.push(...(await violations(frame)).map((line) => `${theme}: ${line}`))
  }
  await frame.evaluate(putOn, own)
  return found
}

/** In the page: what VS Code does when the theme changes. */
function putOn({ variables, classes, marks }: Dress): void {
  document.documentElement.style.cssText = variables
  document.body.className = classes
  Object.assign(document.body.dataset, marks)
}
