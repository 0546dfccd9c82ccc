import type { Location } from '@modeldriver/engine'
import { analyseFixture } from '@modeldriver/engine/testing'
import { describe, expect, it } from 'vitest'
import { definitionAt, originAt } from './definition.ts'
import { linksOf } from './links.ts'
import { referencesAt } from './references.ts'
import { columnSymbols } from './symbols.ts'

const pipeline = `
//- /modeldriver.json
{
  "models": [
    { "model_name": "sales", "seq": 1, "features": ["sales.features.ts"], "data": "data/sales.csv",
      "columns": { "amount": { "from": "Unit Price" } } },
    { "model_name": "shops", "seq": 2, "features": ["shop*.features.ts"], "input": "sales.rows", "group_by": "shop",
      "outputs": { "turnover": "total" } },
    { "model_name": "score", "seq": 3, "features": ["score.features.ts"], "input": "shops.outputs" }
  ]
}
//- /sales.features.ts
export const revenue = (amount, quantity) => amount * quantity
//- /shops.features.ts
export const total = ({ revenue }) => revenue.sum() //#agg
export const share = ({ 'revenue': money, total }) => money / total
//- /score.features.ts
export const size = (turnover) => turnover > 100
//- /data/sales.csv
shop,Unit Price,quantity
a,2,3
`

function at(code: string, mark: string) {
  const marked = code.replace(mark.replace('$0', ''), mark)
  if (marked === code) throw new Error(`'${mark}' is not in the fixture`)
  const { fixture, analysis } = analyseFixture(marked)
  const { path = '', offset = 0 } = fixture.cursor ?? {}
  const textOf = (file: string) => fixture.files.get(file)
  /** A place as its line and the text in it. */
  const shown = ({ path: file, span }: Location) => {
    const text = textOf(file) ?? ''
    return `${file}:${text.slice(0, span.start).split('\n').length} ${text.slice(span.start, span.end)}`
  }
  return { analysis, path, offset, textOf, shown }
}

describe('definition', () => {
  const lead = (find: typeof definitionAt, mark: string, code = pipeline) => {
    const { analysis, path, offset, textOf, shown } = at(code, mark)
    const found = find(analysis, path, offset, textOf)
    return found && shown(found)
  }

  it.each([
    ['a parameter from a later model', '(tur$0nover)', '/shops.features.ts:1 total'],
    ['a quoted name of a pattern', "'reve$0nue': money", '/sales.features.ts:1 revenue'],
    ['a column with another name', '($0amount, quantity)', '/data/sales.csv:1 Unit Price'],
    ['the key in the manifest', '"group_by": "$0shop"', '/data/sales.csv:1 shop'],
    ['the name that an output gets', '"$0turnover": "total"', '/shops.features.ts:1 total'],
    ['the feature of an output', '"turnover": "$0total"', '/shops.features.ts:1 total'],
    ['an entry of columns', '"am$0ount": {', '/data/sales.csv:1 Unit Price'],
    ['what an entry of columns comes from', '"from": "$0Unit Price"', '/data/sales.csv:1 Unit Price'],
    ['the model that is read', '"input": "$0shops.outputs"', '/modeldriver.json:5 shops'],
  ])('of %s', (_, mark, place) => {
    expect(lead(definitionAt, mark)).toBe(place)
    expect(lead(originAt, mark)).toBe(place)
  })

  it('in a body TypeScript knows it; the declaration is upstream all the same', () => {
    expect(lead(definitionAt, '=> turn$0over > 100')).toBeUndefined()
    expect(lead(originAt, '=> turn$0over > 100')).toBe('/shops.features.ts:1 total')
    expect(lead(originAt, '=> turnover > 10$00')).toBeUndefined()
  })

  it('of the key in a first comment', () => {
    const code = '// group_by: pin, day\nexport const day = (at) => at % 7\n//- /main.csv\npin,at\n1,2\n'
    expect(lead(definitionAt, 'pin, $0day', code)).toBe('/main.features.ts:2 day')
    expect(lead(definitionAt, 'group_by: p$0in', code)).toBe('/main.csv:1 pin')
  })
})

describe('references', () => {
  const references = (mark: string, declaration = false) => {
    const { analysis, path, offset, textOf, shown } = at(pipeline, mark)
    return referencesAt(analysis, path, offset, textOf, declaration).map(shown).sort()
  }

  it('of a feature: every parameter of every model and the manifest, under whatever name', () => {
    const total = [
      '/modeldriver.json:6 total',
      '/modeldriver.json:6 turnover',
      '/score.features.ts:1 turnover',
      '/shops.features.ts:2 total',
    ]
    expect(references('const $0total')).toEqual(total)
    expect(references('(turn$0over)')).toEqual(total)
    expect(references('"turn$0over": "total"')).toEqual(total)
    expect(references("'revenue': money, t$0otal", true)).toEqual([...total, '/shops.features.ts:1 total'].sort())
  })

  it('of a column: its header counts as the declaration', () => {
    expect(references('(amount, $0quantity)', true)).toEqual([
      '/data/sales.csv:1 quantity',
      '/sales.features.ts:1 quantity',
    ])
    expect(references('"am$0ount": {')).toEqual([
      '/modeldriver.json:4 Unit Price',
      '/modeldriver.json:4 amount',
      '/sales.features.ts:1 amount',
    ])
  })

  it('of what is no column or feature: none', () => {
    expect(references('export con$0st total')).toEqual([])
    expect(references('"mod$0els"')).toEqual([])
  })
})

it('links: data and feature files, not patterns of several and not tables of models', () => {
  const { analysis, textOf } = at(pipeline, '$0{')
  const text = textOf('/modeldriver.json') ?? ''
  const links = linksOf(analysis, '/modeldriver.json')
  expect(links.map(({ span, path, tooltip }) => `${text.slice(span.start, span.end)} → ${path} · ${tooltip}`)).toEqual([
    'sales.features.ts → /sales.features.ts · Open sales.features.ts',
    'data/sales.csv → /data/sales.csv · Open sales.csv (3 columns)',
    'score.features.ts → /score.features.ts · Open score.features.ts',
  ])
  expect(linksOf(analysis, '/sales.features.ts')).toEqual([])
})

it('symbols: each column once, where it stands, found by its letters', () => {
  const { analysis, shown } = at(pipeline, '$0{')
  const found = (query: string) =>
    columnSymbols(analysis, query).map(
      ({ name, container, location }) => `${name} of ${container} at ${shown(location)}`,
    )
  expect([...found('')].sort()).toEqual([
    'amount of sales.csv at /data/sales.csv:1 Unit Price',
    'quantity of sales.csv at /data/sales.csv:1 quantity',
    'shop of sales.csv at /data/sales.csv:1 shop',
  ])
  expect(found('QTY')).toEqual(['quantity of sales.csv at /data/sales.csv:1 quantity'])
  expect(found('xyz')).toEqual([])
})

it('symbols: a column that only the manifest declares belongs to its model', () => {
  const code = `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "columns": { "cost": "number" } }] }
//- /m.features.ts
export const a = (cost) => cost
`
  const { analysis, shown } = at(code, '$0{')
  expect(columnSymbols(analysis, 'cost').map(({ container, location }) => `${container} ${shown(location)}`)).toEqual([
    'model m /modeldriver.json:1 cost',
  ])
})
