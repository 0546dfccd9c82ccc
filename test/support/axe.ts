import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Frame } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong with a page, a line each. */
export async function violations(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(axe)
  const found = await frame.evaluate(
    () =>
      (globalThis as unknown as { axe: { run: (of: Document) => Promise<AxeResults> } }).axe.run(
        document,
      ) as Promise<AxeResults>,
  )
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 160)} ${failureSummary.replaceAll('\n', ' ')}`,
    ),
  )
}
