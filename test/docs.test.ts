import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { columnDocumentation, type Documentation, functionDocumentation, rules } from '@modeldriver/engine'
import { expect, it } from 'vitest'

/** docs/problems.md, made from the rules themselves. `npx vitest run test/docs.test.ts -u` writes it. */
const page = () => {
  const sections = rules.map((rule) => `## ${rule.code}\n\n**${rule.name}** · ${rule.severity}\n\n${rule.doc.trim()}\n`)
  return `# Problems\n\nWhat ModelDriver reports, one section per code. The severity of a code can be changed in \`modeldriver.json\`:\n\`"rules": { "MD020": "off" }\`.\n\n${sections.join('\n')}`
}

it('docs/problems.md says what the rules say', async () => {
  await expect(page()).toMatchFileSnapshot(resolve(import.meta.dirname, '../docs/problems.md'))
})

/** docs/functions.md, made from what hover and completion show. */
const functionsPage = () => {
  const section = ([name, { does, formula, source }]: readonly [string, Documentation]) =>
    `### ${name}\n\n${does}\n\nFormula: ${formula}\n\nSource: ${source}\n`
  const members = Object.entries(columnDocumentation).map(section)
  const functions = Object.entries(functionDocumentation).map(section)
  return `# Functions\n\nMade from the documentation that the editor shows. Each is computed beside numpy, pandas and DuckDB in \`test/conformance\`; where they say\notherwise is listed in [semantics.md](semantics.md). x₁ … xₙ are the present values of a column in row order, n their number.\n\n## Members of a column\n\nIn a group feature an input that has one value per row is a \`Column\`: the values of the group.\n\n${members.join('\n')}\n## Functions of 'modeldriver'\n\n${functions.join('\n')}`
}

it('docs/functions.md says what the documentation of columns and functions says', async () => {
  await expect(functionsPage()).toMatchFileSnapshot(resolve(import.meta.dirname, '../docs/functions.md'))
})

it('every function of the library says what it gives where it is declared, for programs in TypeScript', () => {
  const files = ['compute/aggregates', 'functions/dates', 'functions/values', 'functions/markers']
  const said = files.flatMap((file) => {
    const text = readFileSync(resolve(import.meta.dirname, `../engine/src/${file}.ts`), 'utf8')
    return [...text.matchAll(/\*\/\nexport (?:const|function) (\w+)/g)].map(([, name]) => name as string)
  })
  const silent = Object.keys(functionDocumentation).filter((name) => name !== 'Column' && !said.includes(name))
  expect(silent).toEqual([])
})

it('every code that README.md and the docs mention exists', () => {
  const known = new Set<string>(rules.map((rule) => rule.code))
  const text = ['README.md', 'ARCHITECTURE.md']
    .map((file) => readFileSync(resolve(import.meta.dirname, '..', file), 'utf8'))
    .join('\n')
  const mentioned = new Set([...text.matchAll(/\bMD\d{3}\b/g)].map((m) => m[0]))
  expect([...mentioned].filter((code) => !known.has(code))).toEqual([])
})
