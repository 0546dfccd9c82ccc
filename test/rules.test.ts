import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { rules } from '@modeldriver/engine'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Only a run can find it, so a run is its test. */
const foundByRuns: Readonly<Record<string, string>> = { MD027: 'test/cli/run.test.ts' }

it.each(rules.map(({ code, name }) => [code, name]))(
  '%s %s: a file of its own, with its tests beside it',
  (code, name) => {
    const file = resolve(root, `engine/src/check/rules/${code.toLowerCase()}-${name}`)
    expect(existsSync(`${file}.ts`)).toBe(true)
    const run = foundByRuns[code]
    if (run === undefined) expect(readFileSync(`${file}.test.ts`, 'utf8')).toMatch(/^testRule\(/m)
    else expect(readFileSync(resolve(root, run), 'utf8')).toContain(` ${code} `)
  },
)
