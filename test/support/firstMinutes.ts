import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { circumstances, type Load } from '../bench/measure.ts'
import { clone } from './clone.ts'
import type { Step } from './film.ts'

const begin = '<!-- Measured by npm run pictures. -->\n'
const end = '<!-- Until here. -->'

/** Writes what the first five minutes took into README.md. */
export function tellFirstMinutes(steps: readonly Step[], load: Load): void {
  const path = join(clone, 'README.md')
  const text = readFileSync(path, 'utf8')
  const from = text.indexOf(begin) + begin.length
  const to = text.indexOf(end)
  if (from < begin.length || to < from) throw new Error('README.md has no place for what was measured')
  writeFileSync(path, `${text.slice(0, from)}${minutesTable(steps, load)}${text.slice(to)}`)
}

function minutesTable(steps: readonly Step[], load: Load): string {
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  const actions = steps.reduce((total, step) => total + step.actions, 0)
  const waited = seconds(steps.reduce((total, step) => total + step.waitedMs, 0))
  const rows = steps.map((step) => `| ${step.says} | ${step.actions || ''} | ${seconds(step.waitedMs)} |`)
  return `
With installing, and a feature of your own at the end, it takes ${actions} clicks, keys and texts typed, and ${waited} seconds of waiting; the rest of the five
minutes is for reading.

<details><summary>Each step</summary>

| step | clicks, keys, texts | seconds waited |
| --- | --: | --: |
${rows.join('\n')}

Measured in a real VS Code that a program drives, from each click or key until what it brings is there:
${circumstances(load)}

</details>

`
}
