import { expect, test } from 'vitest'
import { Column } from '../compute/column.ts'
import { Rolling } from '../compute/rolling.ts'
import * as library from '../functions/index.ts'
import { rollingNames } from '../ir/expression.ts'
import { columnDeclaration, libraryDeclaration } from './declarations.ts'
import { columnDocumentation, functionDocumentation } from './documentation.ts'

test('windows have the declared members, and no others', () => {
  const [, body = ''] = /interface Rolling<[^{]*\{([^}]*)\}/.exec(columnDeclaration) ?? []
  const declared = [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name)
  const own = Reflect.ownKeys(Rolling.prototype).filter((key) => key !== 'constructor')
  expect(declared.sort()).toEqual(own.sort())
  expect([...rollingNames].sort()).toEqual(own.sort())
})

test('a column has the declared members, and no others', () => {
  const own = Reflect.ownKeys(Column.prototype)
    .filter((key) => key !== 'constructor')
    .map((key) => (typeof key === 'symbol' ? `[${key.description}]` : key))
  const body = columnDeclaration.slice(columnDeclaration.indexOf('interface Column'))
  expect(declaredMembers(body).sort()).toEqual(own.sort())
})

test('the library has the declared functions, and no others', () => {
  const declared = [...libraryDeclaration.matchAll(/^export function (\w+)/gm)].map(([, name]) => name)
  expect([...new Set(declared), 'Column'].sort()).toEqual(Object.keys(library).sort())
})

test('every member of columns and every function has a documentation comment, and there is none for others', () => {
  const body = columnDeclaration.slice(columnDeclaration.indexOf('interface Column'))
  const documentedIn = (text: string, declaration: RegExp) => [
    ...new Set([...text.matchAll(declaration)].map(([, name]) => name)),
  ]
  const members = documentedIn(body, /^ {2} \*\/\n {2}(?:readonly )?(\w+|\[Symbol\.\w+\])[(<:]/gm)
  const functions = documentedIn(libraryDeclaration, /^ \*\/\nexport function (\w+)/gm)
  expect(members.sort()).toEqual(Object.keys(columnDocumentation).sort())
  expect([...functions, 'Column'].sort()).toEqual(Object.keys(functionDocumentation).sort())
  expect(Object.keys(functionDocumentation).sort()).toEqual(Object.keys(library).sort())
  expect(Object.keys(columnDocumentation).sort()).toEqual([...declaredMembers(body), 'length'].sort())
})

const declaredMembers = (body: string) => [
  ...new Set([...body.matchAll(/^ {2}(\w+|\[Symbol\.\w+\])[(<]/gm)].map(([, name]) => name)),
]
