import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const words = (name: string) => JSON.parse(read(name)) as Readonly<Record<string, string>>

const english = words('package.nls.json')
const spanish = words('package.nls.es.json')
const used = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] as string)

test('every text that package.json names is there in English and in Spanish, and no other', () => {
  expect(Object.keys(english).sort()).toEqual([...new Set(used)].sort())
  expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort())
  expect(Object.keys(english).filter((key) => spanish[key] === english[key])).toEqual([])
})

test('a translation has the links of its original', () => {
  const links = (text = '') => [...text.matchAll(/\(command:[^)]+\)/g)].map(String)
  for (const key of Object.keys(english)) expect(links(spanish[key]), key).toEqual(links(english[key]))
})

test('package.json shows no text that is not translated', () => {
  const { contributes } = JSON.parse(read('package.json')) as {
    contributes: {
      commands: { title: string }[]
      configuration: { properties: Record<string, { markdownDescription: string }> }
    }
  }
  const shown = [
    ...contributes.commands.map(({ title }) => title),
    ...Object.values(contributes.configuration.properties).map((property) => property.markdownDescription),
  ]
  expect(shown.filter((text) => !/^%.+%$/.test(text))).toEqual([])
})
