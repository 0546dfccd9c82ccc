import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { columnDocumentation, type Documentation, functionDocumentation, rules } from '@modeldriver/engine'
import { expect, it } from 'vitest'
import { packagedReadme } from '../scripts/lib/readme.mjs'
import { shown } from './support/gallery.ts'
import { themes } from './support/themes.ts'

const path = (...parts: readonly string[]) => resolve(import.meta.dirname, '..', ...parts)
const textOf = (...parts: readonly string[]) => readFileSync(path(...parts), 'utf8')

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
  const docs = readdirSync(path('docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`)
  const text = ['README.md', 'ARCHITECTURE.md', ...docs].map((file) => textOf(file)).join('\n')
  const mentioned = new Set([...text.matchAll(/\bMD\d{3}\b/g)].map((m) => m[0]))
  // The example of a code that does not exist.
  expect([...mentioned].filter((code) => !known.has(code))).toEqual(['MD999'])
})

/** docs/pictures/README.md: each view in all themes. */
const galleryPage = () => {
  const picture = (name: string, says: string) => `![${says}](${name}.png)`
  const sections = shown.map(({ name, says }) => {
    const row = themes.map((theme) => picture(`${name}-${theme.name}`, `${says}, ${theme.name}`))
    return `## ${says}\n\n| | |\n| --- | --- |\n| ${row[0]} | ${row[1]} |\n| ${row[2]} | ${row[3]} |\n`
  })
  return `# Every view\n\nIn a dark, a light and both high contrast themes, taken by \`npm run pictures\` in a real VS Code.\n\n${sections.join('\n')}`
}

it('npm run pictures takes every picture that the documentation shows', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Readonly<Record<string, string>> }
  const filters = scripts.pictures?.replace(/^.*--project e2e /, '').split(' ') ?? []
  const taken = readdirSync(path('test/e2e'))
    .filter((file) => filters.some((filter) => file.includes(filter)))
    .map((file) => textOf('test/e2e', file))
  const isTaken = (name: string) => taken.some((text) => text.includes(`'${name}'`))
  expect(shown.filter(({ name }) => !isTaken(name)).map(({ name }) => name)).toEqual([])
})

it('docs/pictures/README.md shows every view in every theme', async () => {
  await expect(galleryPage()).toMatchFileSnapshot(path('docs/pictures/README.md'))
})

const megabyte = 1024 ** 2

it('every picture that is shown exists, no other is kept, and all together stay small', () => {
  const films = ['dark', 'light'].map((theme) => `first-five-minutes-${theme}.gif`)
  const pictures = shown.flatMap(({ name }) => themes.map((theme) => `${name}-${theme.name}.png`))
  const kept = readdirSync(path('docs/pictures'))
  expect(kept.sort()).toEqual(['README.md', ...films, ...pictures].sort())
  const sizes = new Map(kept.map((name) => [name, statSync(path('docs/pictures', name)).size]))
  expect(films.filter((film) => (sizes.get(film) ?? 0) > 2 * megabyte)).toEqual([])
  expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(8 * megabyte)
})

it('README.md and the manifest show pictures that exist, README.md each in dark and in light', () => {
  const readme = textOf('README.md')
  const named = [...`${readme}${textOf('package.json')}`.matchAll(/docs\/pictures\/[\w.-]+/g)].map(([file]) => file)
  expect(named.filter((file) => !existsSync(path(file)))).toEqual([])
  const pairs = [...readme.matchAll(/srcset="(.+?)-dark\.\w+"><img alt="(.+?)" src="(.+?)-light\.\w+"/g)]
  expect(pairs.length).toBeGreaterThan(12)
  expect(pairs.filter(([, dark, , light]) => dark !== light)).toEqual([])
  expect(readme.match(/<picture>/g)).toHaveLength(pairs.length)
})

it('README.md tells each step of the first five minutes with what it took', () => {
  const steps = [...textOf('test/e2e/first.test.ts').matchAll(/film\.begins\('(.+)'\)/g)].map(([, says]) => says)
  expect(steps.length).toBeGreaterThan(5)
  const readme = textOf('README.md')
  expect(steps.filter((says) => !new RegExp(`^\\| ${says} \\| \\d* \\| [\\d.]+ \\|$`, 'm').test(readme))).toEqual([])
})

it('the README of the package says what the pictures say, and has none that its page cannot show', () => {
  const packaged = packagedReadme(textOf('README.md'))
  expect(packaged).not.toMatch(/<picture>|<img|<td|!\[/)
  expect(packaged).toContain('- Columns and features are proposed in the list of parameters.')
})
