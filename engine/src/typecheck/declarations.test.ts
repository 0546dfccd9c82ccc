import { expect, test } from 'vitest'
import { Column } from '../compute/column.ts'
import * as library from '../functions/index.ts'
import { columnDeclaration, libraryDeclaration } from './declarations.ts'

test('a column has the declared members, and no others', () => {
  const own = Reflect.ownKeys(Column.prototype)
    .filter((key) => key !== 'constructor')
    .map((key) => (typeof key === 'symbol' ? `[${key.description}]` : key))
  const body = columnDeclaration.slice(columnDeclaration.indexOf('interface Column'))
  const declared = [...body.matchAll(/^ {2}(\w+|\[Symbol\.\w+\])[(<]/gm)].map(([, name]) => name)
  expect([...new Set(declared)].sort()).toEqual(own.sort())
})

test('the library has the declared functions, and no others', () => {
  const declared = [...libraryDeclaration.matchAll(/^export function (\w+)/gm)].map(([, name]) => name)
  expect([...new Set(declared), 'Column'].sort()).toEqual(Object.keys(library).sort())
})
