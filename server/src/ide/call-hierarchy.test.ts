import { typeScriptNames } from '@modeldriver/engine'
import { analyseFixture } from '@modeldriver/engine/testing'
import { describe, expect, it } from 'vitest'
import { type HierarchyCall, hierarchyItemAt, incomingCalls, outgoingCalls } from './call-hierarchy.ts'

const names = typeScriptNames()

const pipeline = `
//- /modeldriver.json
{
  "models": [
    { "model_name": "sales", "seq": 1, "features": ["sales.features.ts"], "data": "sales.csv", "group_by": "shop",
      "outputs": { "turnover": "total" } },
    { "model_name": "score", "seq": 2, "features": ["score.features.ts"], "input": "sales.outputs" }
  ]
}
//- /sales.features.ts
function rounded(x) { return cents(x) / 100 }
function cents(x) { return Math.round(x * 100) }
export const revenue = (price, quantity, vat = 0) => rounded(price * quantity)
export const total = ({ 'revenue': paid }) => paid.sum() //#agg
export const again = (price) => revenue(price, 1)
//- /score.features.ts
export const size = (turnover) => turnover > 100
//- /sales.csv
shop,price,quantity
a,2,3
`

/** The item at the mark, then who reads or calls it, then what it reads or calls; each with the places. */
function around(mark: string) {
  const { fixture, analysis } = analyseFixture(pipeline.replace(mark.replace('$0', ''), mark))
  const { path = '', offset = 0 } = fixture.cursor ?? {}
  const textOf = (file: string) => fixture.files.get(file)
  const tools = { textOf, names }
  const item = hierarchyItemAt(analysis, path, offset, tools)
  if (!item) return undefined
  const shown = (calls: readonly HierarchyCall[], pathOf: (call: HierarchyCall) => string) =>
    calls.map((call) => {
      const text = textOf(pathOf(call)) ?? ''
      return `${call.item.kind} ${call.item.name}: ${call.places.map(({ start, end }) => text.slice(start, end)).join(', ')}`
    })
  return {
    item: `${item.kind} ${item.name} · ${item.detail} · ${textOf(item.path)?.slice(item.nameSpan.start, item.nameSpan.end)}`,
    incoming: shown(incomingCalls(analysis, item, tools), (call) => call.item.path),
    outgoing: shown(outgoingCalls(analysis, item, tools), () => item.path),
  }
}

describe('call hierarchy', () => {
  it('of a feature: readers in all models and callers; inputs, columns and helpers', () => {
    expect(around('const rev$0enue')).toEqual({
      item: 'feature revenue · model sales · row · one value per row · revenue',
      incoming: ["feature total: 'revenue'", 'feature again: revenue'],
      outgoing: ['column price: price', 'column quantity: quantity', 'function rounded: rounded'],
    })
    expect(around('const t$0otal')?.incoming).toEqual(['feature size: turnover'])
  })

  it('at a parameter: what it reads', () => {
    expect(around('size = ($0turnover)')?.item).toBe('feature total · model sales · per shop · #agg · total')
    expect(around('"turnover": "to$0tal"')?.item).toBe('feature total · model sales · per shop · #agg · total')
    expect(around('again = ($0price)')).toEqual({
      item: 'column price · sales.csv · integer · price',
      incoming: ['feature revenue: price', 'feature again: price'],
      outgoing: [],
    })
  })

  it('of a helper: calls inside the file, to and from features too', () => {
    expect(around('function $0cents')).toEqual({
      item: 'function cents · sales.features.ts · cents',
      incoming: ['function rounded: cents'],
      outgoing: [],
    })
    expect(around('=> rou$0nded(price')).toEqual({
      item: 'function rounded · sales.features.ts · rounded',
      incoming: ['feature revenue: rounded'],
      outgoing: ['function cents: cents'],
    })
  })

  it('of an input that is not there, a number, a comment: nothing', () => {
    expect(around('vat$0 = 0')).toBeUndefined()
    expect(around('> 1$000')).toBeUndefined()
    expect(around('//#$0agg')).toBeUndefined()
  })
})

it('items keep what they are after an edit above them', () => {
  const { fixture, analysis } = analyseFixture(pipeline)
  const tools = { textOf: (file: string) => fixture.files.get(file), names }
  const path = '/sales.features.ts'
  const offset = fixture.files.get(path)?.indexOf('total =') ?? 0
  const item = hierarchyItemAt(analysis, path, offset, tools)
  if (!item) throw new Error('no item')
  const edited = analyseFixture(pipeline.replace('function rounded', '// a new line\nfunction rounded'))
  const editedTools = { textOf: (file: string) => edited.fixture.files.get(file), names }
  expect(outgoingCalls(edited.analysis, item, editedTools).map((call) => call.item.name)).toEqual(['revenue'])
  expect(incomingCalls(edited.analysis, item, editedTools).map((call) => call.item.name)).toEqual(['size'])
})
