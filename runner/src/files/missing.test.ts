import { columnOf, makeTable, rowOf } from '@modeldriver/engine'
import { expect, test } from 'vitest'
import { folderWith } from '../testFolder.ts'
import { type DataOptions, readData } from './data.ts'
import { diskFiles } from './header.ts'
import { tableFormats, writeFiles } from './write.ts'

const exported = makeTable([
  ['price', columnOf(['1.5', 'NA', ' n/a ', '2'])],
  ['city', columnOf(['Rome', 'NA', '-', 'Oslo'])],
  ['country', columnOf(['NA', 'IT', '-', 'NO'])],
  ['sold', columnOf(['2024-02-29', '-', 'NA', '2024-03-01'])],
  ['level', columnOf([3, -999, 5, -9990])],
])

const options: DataOptions = {
  formats: { missing: ['NA', 'n/a', '-', '-999'] },
  columns: { price: { type: 'number' }, country: { missing: ['-'] }, sold: { type: 'date' } },
  limit: Number.POSITIVE_INFINITY,
}

test.each(tableFormats)('%s: what stands for a missing value is missing, and nothing is set aside', async (format) => {
  const path = `${folderWith({})}/orders.${format}`
  writeFiles([{ path, table: exported, format }])
  const { table, rejected } = await readData(path, options)
  expect(Array.from({ length: table.length }, (_, row) => rowOf(table, row))).toEqual([
    { price: 1.5, city: 'Rome', country: 'NA', sold: Date.UTC(2024, 1, 29), level: 3 },
    { price: null, city: null, country: 'IT', sold: null, level: null },
    { price: null, city: null, country: null, sold: null, level: 5 },
    { price: 2, city: 'Oslo', country: 'NO', sold: Date.UTC(2024, 2, 1), level: -9990 },
  ])
  expect(rejected).toEqual([])
  const header = diskFiles().readHeader(path, options)
  const columns = header.kind === 'header' ? header.columns : []
  expect(columns.map(({ type }) => type)).toEqual([
    'number',
    'string',
    'string',
    'date',
    expect.stringMatching(/^(number|integer)$/),
  ])
  // What a file says of itself counts the marks as values: it is not said then.
  for (const { name, facts } of columns)
    if (facts) expect([name, facts.missing]).toEqual([name, name === 'country' || name === 'level' ? 1 : 2])
})
