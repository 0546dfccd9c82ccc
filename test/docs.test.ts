import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { rules } from '@modeldriver/engine'
import { expect, it } from 'vitest'

/** docs/problems.md, made from the rules themselves. `npx vitest run test/docs.test.ts -u` writes it. */
const page = () => {
  const sections = rules.map((rule) => `## ${rule.code}\n\n**${rule.name}** · ${rule.severity}\n\n${rule.doc.trim()}\n`)
  return `# Problems\n\nWhat ModelDriver reports, one section per code. The severity of a code can be changed in \`modeldriver.json\`:\n\`"rules": { "MD020": "off" }\`.\n\n${sections.join('\n')}`
}

it('docs/problems.md says what the rules say', async () => {
  await expect(page()).toMatchFileSnapshot(resolve(import.meta.dirname, '../docs/problems.md'))
})

it('every code that README.md and the docs mention exists', () => {
  const known = new Set<string>(rules.map((rule) => rule.code))
  const text = ['README.md', 'ARCHITECTURE.md']
    .map((file) => readFileSync(resolve(import.meta.dirname, '..', file), 'utf8'))
    .join('\n')
  const mentioned = new Set([...text.matchAll(/\bMD\d{3}\b/g)].map((m) => m[0]))
  expect([...mentioned].filter((code) => !known.has(code))).toEqual([])
})
