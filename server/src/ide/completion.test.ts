import { analyse, replaceFile, typeScriptReader } from '@modeldriver/engine'
import { analyseFiles, analyseFixture, memoryFiles } from '@modeldriver/engine/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CompletionItem } from './completion/list.ts'
import { completionAt, documentationOf } from './completion.ts'

const data = `
//- /main.csv
pin,revenue,Unit Price,sold
1,12.5,3,2024-01-05
2,9,4,2024-01-06
`

/** The list at `$0`, with a way to accept one of its items. */
function at(code: string, files = data) {
  const { fixture, analysis } = analyseFixture(`${code}${files}`)
  const { path = '', offset = 0 } = fixture.cursor ?? {}
  const context = {
    analysis,
    text: (file: string) => fixture.files.get(file),
    list: memoryFiles(fixture.files).list,
    reread: (file: string, text: string) => analyse(replaceFile(analysis.snapshot, file, text, typeScriptReader())),
  }
  const list = completionAt(context, path, offset)
  const text = fixture.files.get(path) ?? ''
  return {
    analysis,
    list,
    labels: list?.items.map(({ label }) => label).join(' '),
    item: (label: string) => list?.items.find((item) => item.label === label),
    accept: (item: CompletionItem | undefined) =>
      list && item && text.slice(0, list.insert.start) + item.text + text.slice(list.replace.end),
  }
}

const others = `
export const gross = (revenue) => revenue * 1.19
export const total = (gross) => gross.sum()
export const share = (gross, total) => gross / total`

test.each([
  ['columns, then features', `export function f($0) {}${others}`, 'pin revenue Unit Price sold gross total share'],
  ['not what is read already', `export function f(revenue, $0, gross) {}${others}`, 'pin Unit Price sold total share'],
  ['under which name ever', `export function f(unit_price, $0) {}${others}`, 'pin revenue sold gross total share'],
  ['the name that is written is offered again', 'export function f(rev$0enue, pin) {}', 'revenue Unit Price sold'],
  [
    'nothing that would close a cycle',
    `export function gross2() {}${others.replace('(revenue)', '(revenue, $0)')}`,
    'pin Unit Price sold gross2',
  ],
  [
    'unfinished, before others',
    `export function f(\n${others}`.replace('f(', 'f($0'),
    'pin revenue Unit Price sold gross total share',
  ],
  [
    'an unfinished function is in a cycle too',
    `export const g = (f) => f\nexport function f(a, $0\n\nexport const h = (g) => g`,
    'pin revenue Unit Price sold',
  ],
  ['in a pattern', `export const f = ({ gross, re$0 }) => 1${others}`, 'pin revenue Unit Price sold total share'],
  ['in a wrapper', `export const f = agg(($0) => 1)${others}`, 'pin revenue Unit Price sold gross total share'],
  [
    'an exported name',
    `function f($0) {}\nexport { f as gross }\nexport const h = (gross) => gross`,
    'pin revenue Unit Price sold',
  ],
  [
    'optional inputs of others last',
    'export const f = ($0) => 1\nexport const g = (vat = 0.19) => vat',
    'pin revenue Unit Price sold g vat',
  ],
])('%s', (_, code, labels) => {
  expect(at(code).labels).toBe(labels)
})

test('without a schema there is what others read', () => {
  expect(at('export const f = ($0) => 1\nexport const g = (cost) => cost', '').labels).toBe('cost g')
})

test.each([
  ['revenue', 'export function f(re$0) {}', 'export function f(revenue) {}\n'],
  ['revenue', 'export function f(a, r$0ev) {}', 'export function f(a, revenue) {}\n'],
  ['Unit Price', 'export function f(u$0) {}', 'export function f(Unit_Price) {}\n'],
  [
    'Unit Price',
    'export const f = ($0) => 1\nexport const g = (unit_price) => 1',
    'export const f = (unit_price) => 1\nexport const g = (unit_price) => 1\n',
  ],
  ['Unit Price', 'export function f({ u$0 }) {}', "export function f({ 'Unit Price': Unit_Price }) {}\n"],
  ['Unit Price', 'export function f({ "Un$0": price }) {}', "export function f({ 'Unit Price': price }) {}\n"],
  ['revenue', 'export function f(pin: string, $0) {}', 'export function f(pin: string, revenue: number) {}\n'],
  ['sold', 'export function f(pin: string, $0) {}', 'export function f(pin: string, sold: Date) {}\n'],
  ['revenue', 'export function f(pin: Column, $0) {}', 'export function f(pin: Column, revenue: Column) {}\n'],
  [
    'revenue',
    'export const f = ($0) => 1\nexport const g = (pin: string) => 1',
    'export const f = (revenue: number) => 1\nexport const g = (pin: string) => 1\n',
  ],
  [
    'g',
    'export const f = ($0) => 1\nexport const g = (pin: string) => 1',
    'export const f = (g: number) => 1\nexport const g = (pin: string) => 1\n',
  ],
  [
    'revenue',
    'export function f(pin: string, re$0: number) {}',
    'export function f(pin: string, revenue: number) {}\n',
  ],
  [
    'vat',
    'export const f = ($0) => 1\nexport const g = (vat = 0.19) => 1',
    'export const f = (vat = 0.19) => 1\nexport const g = (vat = 0.19) => 1\n',
  ],
])('%s in %s', (label, code, accepted) => {
  const { accept, item } = at(code)
  expect(accept(item(label))).toBe(accepted)
})

test.each([
  'export function f(pin) { return re$0 }',
  'export function f(pin = $0) {}',
  'export function f(pin: $0) {}',
  'function helper($0) {}',
  '// total: $0',
  'const n = $0',
  'export const text = `group_by: $0`',
  'export const f = (pin) => pin\n// group_by: $0',
])('nothing of ours: %s', (code) => {
  expect(at(code).list).toBeUndefined()
})

test('two headers with one identifier are read by their quoted names only', () => {
  const two = '\n//- /main.csv\nunit price,unit-price\n1,2\n'
  expect(at('export function f($0) {}', two).list).toBeUndefined()
  expect(at('export function f({ $0 }) {}', two).labels).toBe('unit price unit-price')
})

test('an item says its type and where it is from; looked at, what hover says', () => {
  const { analysis, item } = at(`// group_by: pin\nexport function f($0) {}${others}`)
  expect(item('revenue')).toMatchObject({ kind: 'column', type: 'number', origin: 'main.csv' })
  expect(item('total')).toMatchObject({ kind: 'feature', type: 'number', origin: 'per pin' })
  const { subject } = item('revenue') ?? {}
  expect(subject && documentationOf(analysis, subject)).toContain('`12.5`, `9`')
})

test('the key of the groups: columns, and row features that no group feature is behind', () => {
  const features = `${others}\nexport const month = (sold) => sold.getMonth()\nexport const big = (share) => share > 1`
  const { labels, accept, item } = at(`// group_by: pin, mo$0\n${features}`)
  expect(labels).toBe('revenue Unit Price sold gross month')
  expect(accept(item('month'))).toContain('// group_by: pin, month\n')
})

test('codes behind md-ignore: those of the line first, with their section of the documentation', () => {
  const { analysis, list, accept } = at('// md-ignore MD$0\nexport const f = (revenu) => revenu')
  const [first] = list?.items ?? []
  expect(first).toMatchObject({ label: 'MD001', origin: 'unknown-input' })
  expect(accept(first)).toContain('// md-ignore MD001: \n')
  expect(first?.subject && documentationOf(analysis, first.subject)).toContain('neither a column')
})

test('whatever is accepted, no cycle is closed', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const graph = fc.record({
    inputs: fc.array(fc.uniqueArray(fc.constantFrom(...names, 'pin', 'revenue'), { maxLength: 3 }), {
      minLength: 6,
      maxLength: 6,
    }),
    target: fc.nat(5),
    form: fc.constantFrom('function', 'arrow', 'pattern', 'wrapped', 'listed', 'unfinished'),
  })
  fc.assert(
    fc.property(graph, ({ inputs, target, form }) => {
      const texts = inputs.map((list, index) => {
        const own = [...list, ...(index === target ? ['$0'] : [])].join(', ')
        return written(names[index] as string, own, index === target ? form : 'function')
      })
      const code = texts.join('\n')
      const before = cyclesIn(code.replace('$0', ''))
      const { list, accept } = at(code)
      for (const item of list?.items ?? [])
        expect(cyclesIn(accept(item) ?? ''), `${item.label} accepted in:\n${code}`).toBe(before)
    }),
    { numRuns: 150 },
  )
}, 30_000)

function written(name: string, inputs: string, form: string): string {
  switch (form) {
    case 'arrow':
      return `export const ${name} = (${inputs}) => 1`
    case 'pattern':
      return `export function ${name}({ ${inputs} }) { return 1 }`
    case 'wrapped':
      return `export const ${name} = agg((${inputs}) => 1)`
    case 'listed':
      return `function local_${name}(${inputs}) { return 1 }\nexport { local_${name} as ${name} }`
    case 'unfinished':
      return `export function ${name}(${inputs}\n`
    default:
      return `export function ${name}(${inputs}) { return 1 }`
  }
}

/** Features in a cycle, once what is unfinished is ended. */
function cyclesIn(code: string): number {
  const ended = code.replace(/^(export function \w+\([^)]*)\n\n/gm, '$1) {}\n\n')
  const { models } = analyseFiles(
    new Map([
      ['/main.features.ts', ended],
      ['/main.csv', 'pin,revenue,Unit Price\n1,2,3\n'],
    ]),
  )
  return models[0]?.graph.inCycle.size ?? 0
}

test('at every place of every beginning of a file there is an answer', () => {
  const text = `// group_by: pin, \n// md-ignore MD0\nexport const f = agg(({ 'Unit Price': u, revenue = 1 }: Row) => \`\${u}\`)
export function g<T>(pin: Map<string, T>, f = [1, (a) => a], ...rest) { return /[(]/.test(pin) }\nconst h = (g\nexport { h as x }\n`
  for (let end = 0; end <= text.length; end++)
    for (const offset of [end, Math.floor(end / 2)]) {
      const beginning = `${text.slice(0, offset)}$0${text.slice(offset, end)}`
      const { list, accept } = at(beginning)
      for (const item of list?.items ?? []) expect(accept(item)).toContain(item.text)
    }
}, 30_000)

const sales = `// group_by: pin
`
const numbersOnly = 'sum mean'
test.each([
  ['of numbers in a group feature', `${sales}export const total = (revenue) => revenue.$0 //#agg`, true],
  ['begun', `${sales}export const total = (revenue) => { const x = revenue.su$0m(); return x }`, true],
  ['where the level is still to come', `${sales}export const total = (revenue) => revenue.$0\n`, true],
  ['behind another', `${sales}export const total = (revenue, unit_price) => revenue.sum() / unit_price.$0`, true],
])('what a column is asked: %s', (_, code, isThere) => {
  const { labels = '' } = at(code)
  expect(labels.startsWith(`length ${numbersOnly}`)).toBe(isThere)
  expect(labels).toContain('quantile')
})

test.each([
  ['without groups', 'export const twice = (revenue) => revenue.$0'],
  ['of dates in a row feature', `${sales}export const year_ = (sold) => sold.$0 //#row`],
  ['of one value', `${sales}export const total = (revenue) => revenue.sum()\nexport const half = (total) => total.$0`],
  ['of what is annotated', `${sales}export const total = (revenue: Column) => revenue.$0 //#agg`],
  ['of something else', `${sales}export const total = (revenue) => Math.$0 //#agg`],
  ['of a member', `${sales}export const total = (revenue) => revenue.x.$0 //#agg`],
])('nothing %s', (_, code) => expect(at(code).labels).toBeUndefined())

test('of dates what dates can be asked; with type and documentation', () => {
  const { labels, item, accept, analysis } = at(`${sales}export const first_ = (sold) => sold.m$0 //#agg`)
  expect(labels).toMatch(/^length mean count min max median quantile /)
  const median = item('median')
  expect(accept(median)).toContain('sold.median //#agg')
  expect(median).toMatchObject({ kind: 'method', type: '(): Date' })
  const subject = median?.subject
  expect(subject && documentationOf(analysis, subject)).toContain('Formula: quantile(0.5)')
})
