import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'

export const root = resolve(import.meta.dirname, '../..')
/** What users run: the built files. */
export const dist = join(root, 'dist')

export interface Finished {
  readonly code: number | null
  readonly out: string
  readonly note: string
}

/** Runs the built command line in a folder. */
export const modeldriver = (cwd: string, ...args: readonly string[]): Finished => modeldriverIn({}, cwd, ...args)

/** The same with further variables of the environment. */
export function modeldriverIn(env: NodeJS.ProcessEnv, cwd: string, ...args: readonly string[]): Finished {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (error) throw error
  return { code: status, out: stdout, note: stderr }
}

/** A folder of its own with these files, gone when the test is. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'modeldriver cli ')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** Two models: per-row margins and per-pin totals of orders, then a score per pin. */
export const shop = {
  'modeldriver.json': `{
  // comments are allowed
  "client_name": "acme",
  "models": [
    { "model_name": "sales", "seq": 1, "features": ["sales.features.ts"], "data": "data/orders.csv", "group_by": "pin" },
    { "model_name": "score", "seq": 2, "features": ["score.features.ts"] }
  ]
}
`,
  'data/orders.csv': `pin,Unit Price,revenue,cost,day
a,1.5,100,60,2024-01-02
b,2,200,150,2024-01-03
a,,50,,2024-01-04
,4,10,5,2024-01-05
`,
  'sales.features.ts': `import { round } from 'modeldriver'

/** Margin in percent. */
export function margin(revenue: number, cost: number) {
  return round((revenue - cost) / revenue * 100, 1)
}
export function total(revenue) { //#agg
  return revenue.sum()
}
export function share(revenue, total) {
  return revenue / total
}
export const best_share = (share) => share.max()
`,
  'score.features.ts': 'export const score = (total, best_share) => total * best_share\n',
}
