import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { uriOf } from './paths.ts'

/** The address of docs/problems.md, which ships beside dist/; undefined where the bundle stands alone. */
export function problemsPage(): string | undefined {
  const page = join(__dirname, '../docs/problems.md')
  return existsSync(page) ? uriOf(page.replaceAll('\\', '/')) : undefined
}
