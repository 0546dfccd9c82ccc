import { basename } from '@modeldriver/engine'
import { analyseFixture, applyEdits } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { codeActionsAt } from '../code-actions.ts'

/** The refactorings at the cursor by title, each with the text after it. */
function refactored(fixture: string): Readonly<Record<string, string>> {
  const { parsed, path, actions } = offered(fixture, (kind) => kind !== 'quickfix')
  return Object.fromEntries(
    actions.map(({ title, edits }) => [title, applyEdits(parsed.files, edits).get(path)?.trimEnd() ?? '']),
  )
}

function offered(fixture: string, wants: (kind: string) => boolean) {
  const { fixture: parsed, analysis } = analyseFixture(fixture)
  const { path, offset } = parsed.cursor ?? { path: '', offset: 0 }
  const actions = codeActionsAt({
    analysis,
    path,
    range: { start: offset, end: offset },
    files: { text: (file) => parsed.files.get(file), list: () => [...parsed.files.keys()].map(basename) },
    wants,
    failed: (_, error) => {
      throw error
    },
  })
  return { parsed, path, actions }
}

const data = `
//- /main.csv
pin,revenue,name
1,10,x
`

test('the level is switched where it is written', () => {
  const at = (text: string) => refactored(`// group_by: pin\n${text}\n${data}`)
  expect(at('export function a(reve$0nue) {\n  return revenue\n}')).toMatchObject({
    'Mark as #agg': '// group_by: pin\nexport function a(revenue) { //#agg\n  return revenue\n}',
  })
  expect(at('export const a = (reve$0nue) => revenue.sum()')).toMatchObject({
    'Mark as #row': '// group_by: pin\nexport const a = (revenue) => revenue.sum() /*#row*/',
  })
  expect(at('export function a(reve$0nue) { // #agg by hand\n  return revenue[0]\n}')).toMatchObject({
    'Mark as #row': '// group_by: pin\nexport function a(revenue) { // #row by hand\n  return revenue[0]\n}',
  })
  expect(at('/** @agg */\nexport function a(reve$0nue) { return revenue[0] }')).toMatchObject({
    'Mark as #row': '// group_by: pin\n/** @row */\nexport function a(revenue) { return revenue[0] }',
  })
})

test('what repairs a problem is not offered once more as a change', () => {
  const { actions } = offered(`export function to$0tal(revenue) { // #agg\n  return revenue[0]\n}\n${data}`, () => true)
  const marks = actions.filter(({ title }) => title === 'Mark as #row')
  expect(marks.map(({ kind, problem }) => `${kind} ${problem?.code}`)).toEqual(['quickfix MD004'])
})

test('there is nothing to switch in a body, between features, or where the wrapper says it', () => {
  expect(refactored(`export function a(revenue) { return reve$0nue }\n${data}`)).toEqual({})
  expect(refactored(`export function a(revenue) { return revenue }\n$0\n${data}`)).toEqual({})
  expect(
    Object.keys(
      refactored(`import { agg } from 'modeldriver'\nexport const a$0 = agg((revenue) => revenue[0])\n${data}`),
    ),
  ).not.toContain('Mark as #row')
})

test('a default fits the type of the column or the annotation', () => {
  const at = (text: string) => refactored(`${text}\n${data}`)
  expect(at('export const a = (reve$0nue, name) => revenue')).toMatchObject({
    "Add default to 'revenue'": 'export const a = (revenue = 0, name) => revenue',
  })
  expect(at('export const a = ({ revenue, na$0me }) => revenue')).toMatchObject({
    "Add default to 'name'": "export const a = ({ revenue, name = '' }) => revenue",
  })
  expect(at('export const a = (revenue, is_new$0: boolean) => revenue')).toMatchObject({
    "Add default to 'is_new'": 'export const a = (revenue, is_new: boolean = false) => revenue',
  })
  expect(Object.keys(at('export const a = (revenue, v$0at = 2) => revenue'))).not.toContain("Add default to 'vat'")
})
