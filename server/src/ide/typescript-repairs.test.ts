import { analyseFixture, applyEdits, memoryFiles } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { codeActionsAt } from './code-actions.ts'

/** The repairs of what TypeScript says of `place`, by title: the texts of the files that they change. */
function repaired(
  text: string,
  code: number,
  place: string,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const { fixture, analysis } = analyseFixture(text)
  const [path, source] = [...fixture.files].find(([file]) => file.endsWith('.features.ts')) as [string, string]
  const start = source.indexOf(place)
  const range = { start, end: start + place.length }
  const actions = codeActionsAt({
    analysis,
    path,
    range,
    said: [{ code, span: range }],
    files: { text: (file) => fixture.files.get(file), list: memoryFiles(fixture.files).list },
    wants: (kind) => kind === 'quickfix',
    failed: (_, error) => {
      throw error
    },
  }).filter(({ said }) => said)
  return Object.fromEntries(
    actions.map(({ title, edits }) => {
      const changed = [...applyEdits(fixture.files, edits)].filter(([file, each]) => fixture.files.get(file) !== each)
      return [title, Object.fromEntries(changed)]
    }),
  )
}

const data = `
//- /shop/main.csv
pin,revenue,name
1,10,x
//- /shop/main.features.ts
// group_by: pin
`

test('a parameter without a type: no types asked for, or the types of the data', () => {
  const first = repaired(
    `${data}export const net = (revenue, name, rate = 2, other?) => revenue * rate`,
    7006,
    'revenue',
  )
  expect(Object.keys(first)).toEqual([
    'Make tsconfig.json, so that parameters need no types',
    "Add types to the parameters of 'net'",
  ])
  expect(first['Make tsconfig.json, so that parameters need no types']).toEqual({
    '/shop/tsconfig.json': expect.stringContaining('"noImplicitAny": false'),
  })
  expect(first["Add types to the parameters of 'net'"]).toEqual({
    '/shop/main.features.ts': expect.stringContaining('(revenue: number, name: string, rate = 2, other?)'),
  })
  expect(repaired(`${data}export const total = revenue => revenue.sum()`, 7006, 'revenue')).toMatchObject({
    "Add the type ': Column<number>'": {
      '/shop/main.features.ts': expect.stringContaining('(revenue: Column<number>) => revenue.sum()'),
    },
  })
})

test('a pattern without a type', () => {
  expect(repaired(`${data}export const net = ({ revenue }) => revenue`, 7031, 'revenue')).toMatchObject({
    "Add the type ': Row'": { '/shop/main.features.ts': expect.stringContaining('({ revenue }: Row) => revenue') },
  })
  expect(repaired(`${data}export const total = ({ revenue: r }) => r.sum()`, 7031, 'revenue: r')).toMatchObject({
    "Add the type ': Group'": {
      '/shop/main.features.ts': expect.stringContaining('({ revenue: r }: Group) => r.sum()'),
    },
  })
})

test('an author who has a tsconfig.json, here or above, keeps it', () => {
  for (const path of ['/shop/tsconfig.json', '/jsconfig.json']) {
    const found = repaired(`//- ${path}\n{}\n${data}export const net = (revenue) => revenue`, 7006, 'revenue')
    expect(Object.keys(found)).toEqual(["Add the type ': number'"])
  }
})

test('the library where nothing is installed', () => {
  const text = `${data}import { round } from 'modeldriver'\nexport const net = (revenue) => round(revenue)`
  expect(repaired(text, 2307, "'modeldriver'")).toEqual({
    "Make modeldriver.d.ts, which says what 'modeldriver' has": {
      '/shop/modeldriver.d.ts': expect.stringContaining("declare module 'modeldriver'"),
      '/shop/tsconfig.json': expect.stringContaining('modeldriver.d.ts'),
    },
  })
  expect(repaired(`//- /shop/modeldriver.d.ts\n//\n${text}`, 2307, "'modeldriver'")).toEqual({})
  expect(repaired(text.replace("'modeldriver'", "'lodash'"), 2307, "'lodash'")).toEqual({})
})

test('everything else that TypeScript says is its own', () => {
  expect(repaired(`${data}export const net = (revenue) => revenue`, 2339, 'revenue')).toEqual({})
})
