import { analyseFixture } from '@modeldriver/engine/testing'
import { expect, test } from 'vitest'
import { definitionAt } from './definition.ts'
import { hoverAt } from './hover.ts'
import { targetOf } from './target.ts'

const data = `
//- /main.csv
pin,Unit Price,note
1,12.5,a|b
2,9,*c*
`

/** What stands at `$0`: the marked name with its hover, and the text that its definition points to. */
function at(code: string) {
  const { fixture, analysis } = analyseFixture(`${code}${data}`)
  const { path = '', offset = 0 } = fixture.cursor ?? {}
  const textOf = (file: string) => fixture.files.get(file)
  const hover = hoverAt(analysis, path, offset, textOf)
  const definition = definitionAt(analysis, path, offset, textOf)
  return {
    name: hover && fixture.files.get(path)?.slice(hover.span.start, hover.span.end),
    hover: hover?.text,
    definition: definition && [
      definition.path,
      fixture.files.get(definition.path)?.slice(definition.span.start, definition.span.end),
    ],
  }
}

test('a parameter that is a column: header, type, file, samples; its header cell', () => {
  expect(at('export const net = ($0unit_price) => unit_price / 1.19')).toEqual({
    name: 'unit_price',
    hover:
      '**unit\\_price** · number · column "Unit Price" of main.csv\n\n`12.5`, `9`\n\n2 rows: 9 to 12.5 · none missing · all different',
    definition: ['/main.csv', 'Unit Price'],
  })
})

test('samples are shown as they are', () => {
  expect(at('export const n = ($0note) => note').hover).toContain(
    '**note** · text · column of main.csv\n\n`a|b`, `*c*`',
  )
})

test('a parameter that is a feature: level, reason, model, doc; its function', () => {
  const found = at(`// group_by: pin
/** Everything together. */
export const total = (unit_price) => unit_price.sum() //#agg
export const share = (unit_price, tot$0al) => unit_price / total`)
  expect(found).toEqual({
    name: 'total',
    hover:
      '**total** · number · per pin · \\#agg · model main\n\nEverything together.\n\n`= unit_price.sum()`\n\nunderstood as a formula\n\nread by share',
    definition: ['/main.features.ts', 'total'],
  })
})

test('the name of a feature: level and reason; TypeScript finds its definition', () => {
  expect(at('export const $0net = (unit_price) => unit_price / 1.19')).toEqual({
    name: 'net',
    hover:
      '**net** · number · row · one value per row · model main\n\nunderstood as a formula\n\nread by no other feature',
    definition: undefined,
  })
})

test('what is not there is said; an absent optional input has its default', () => {
  expect(at('export const a = ($0nothing) => nothing').hover).toBe('**nothing** · no column or feature of model main')
  expect(at('export const a = (pin, $0vat = 0.19) => vat * pin').hover).toBe(
    '**vat** · not in the data: the default is used',
  )
})

test('in a body the uses of inputs, by whatever name, and nothing else', () => {
  expect(at('export const a = (pin) => p$0in * 2')).toMatchObject({ name: 'pin', definition: undefined })
  expect(at("export const a = ({ 'Unit Price': price }) => { return pri$0ce * 2 }")).toMatchObject({
    name: 'price',
    hover: expect.stringContaining('**Unit Price** · number'),
  })
  for (const text of ['const b = 1; return b$0', 'ret$0urn pin', 'return Mat$0h.abs(pin)', 'return pin.to$0Fixed()'])
    expect(at(`export function a(pin) { ${text} }`)).toEqual({})
})

test('a body that is no formula says why', () => {
  const loop = 'export function a(pin) { for (const x of [pin]) return x }'
  expect(at(`export const b = ($0a) => a\n${loop}`).hover).toMatch(
    /no formula, because of a for loop: it runs as JavaScript/,
  )
})

test('a key in the first comment', () => {
  expect(at('// group_by: p$0in\nexport const a = (pin) => pin')).toMatchObject({
    name: 'pin',
    hover: expect.stringContaining('column of main.csv'),
  })
})

test('the target of a file', () => {
  const { analysis } = analyseFixture(`// group_by: pin\nexport const a = (pin) => pin\n//- /main.csv\npin\n1\n`)
  expect(targetOf(analysis, '/main.features.ts')).toEqual({
    project: '/main.features.ts',
    model: 'main',
    groupBy: ['pin'],
    columnsFrom: 'main.csv (1 column)',
  })
  expect(targetOf(analysis, '/other.features.ts')).toBeUndefined()
})

test('the target of a place in the manifest is the model there, elsewhere the last', () => {
  const model = (name: string, seq: number) => `{ "model_name": "${name}", "seq": ${seq}, "features": [] }`
  const { fixture, analysis } = analyseFixture(`//- /modeldriver.json
{ "models": [${model('b', 2)}, ${model('a', 1)}], "client_name": "acme" }`)
  const text = fixture.files.get('/modeldriver.json') ?? ''
  const at = (word: string) => targetOf(analysis, '/modeldriver.json', text.indexOf(word) + 1)
  expect([at('"a"'), at('"seq": 2'), at('"seq": 1'), at('acme')].map((target) => target?.model)).toEqual([
    'a',
    'b',
    'a',
    'b',
  ])
  expect(at('acme')).not.toHaveProperty('columnsFrom')
})

test('what a column is asked: its formula and source', () => {
  const head = '// group_by: pin\n'
  expect(at(`${head}export const best = (unit_price) => unit_price.quan$0tile(0.9)`)).toMatchObject({
    name: 'quantile',
    hover: expect.stringMatching(
      /^`quantile\(p: number\): number` · of all values of a column\n\n[\s\S]*Formula: [\s\S]*Source: type 7/,
    ),
  })
  const chain = 'export const best = (unit_price) => unit_price.filter((x) => x.toFixed().length > 1).mean()'
  expect(at(head + chain.replace('filter', 'fil$0ter')).name).toBe('filter')
  expect(at(head + chain.replace('mean', 'mea$0n')).name).toBe('mean')
  expect(at(head + chain.replace('length', 'len$0gth')).name).toBeUndefined()
  expect(at(`${head}export const best = (unit_price: Column) => unit_price.me$0an()`).name).toBeUndefined()
})
