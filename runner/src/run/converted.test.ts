import { writeFileSync } from 'node:fs'
import { type AnalysedModel, cell, type Table, tableToFeatures } from '@modeldriver/engine'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ProjectRun, runProject } from '../run.ts'
import { folderWith } from '../testFolder.ts'

/** Missing values of each kind, 0 and -0, negative and huge numbers, a shop of one row, a row without a shop. */
const data = `shop,revenue,cost,qty,name,sold,is_new
a,10,4,2,Pear,2024-01-31,true
b,,5,1,,2024-02-29,false
a,-3.5,0,0,Äpfel,,
c,1e12,7,3,fig,2023-12-31,true
,50,8,4,kiwi,2024-05-01,false
b,20,,2,Pear,2024-05-02,true
a,0,-0,7,fig,2024-05-03,false
b,7,2,,Pear,2024-05-04,
`

interface Case {
  readonly code: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly isGroup?: true
  /** A row without a shop is left out of the comparison. */
  readonly isKeyed?: true
}

const perRow = (columns: string, inputs: readonly string[], ...outputs: readonly string[]): Case => ({
  code: `export function clean(table) {\n  return table.derive({ ${columns} })\n}`,
  inputs,
  outputs,
})
const perShop = (columns: string, inputs: readonly string[], ...outputs: readonly string[]): Case => ({
  code: `import { op } from 'arquero'\n\nexport function clean(table) { //#agg\n  return table.groupby('shop').rollup({ ${columns} })\n}`,
  inputs,
  outputs,
  isGroup: true,
})

const cases: Readonly<Record<string, Case>> = {
  calculations: perRow(
    'profit: (d) => d.revenue - d.cost, margin: (d) => (d.revenue - d.cost) / d.revenue * 100, rest: (d) => d.revenue % d.qty',
    ['revenue', 'cost', 'qty'],
    'profit',
    'margin',
    'rest',
  ),
  'comparisons and choices, where something is missing too': perRow(
    `is_big: (d) => d.revenue > 5, size: (d) => (d.revenue >= 10 ? 'big' : d.revenue < 0 ? 'back' : 'small'), both: (d) => d.is_new && d.qty > 1,
     either: (d) => d.name === 'Pear' || d.cost === 0, not_new: (d) => !d.is_new, late: (d) => d.sold > 1709164800000`,
    ['revenue', 'is_new', 'qty', 'name', 'cost', 'sold'],
    'is_big',
    'size',
    'both',
    'either',
    'not_new',
    'late',
  ),
  'tests for missing values': perRow(
    'or_0: (d) => d.revenue ?? 0, none: (d) => d.revenue == null, some: (d) => (d.cost !== undefined ? d.cost : d.qty), net: (d) => (d.revenue ?? 0) - (d.cost ?? 0)',
    ['revenue', 'cost', 'qty'],
    'or_0',
    'none',
    'some',
    'net',
  ),
  'functions of Arquero': {
    code: `import * as aq from 'arquero'
const { op } = aq
export const clean = (t) => t.derive({
  rounded: (d) => aq.op.round(d.revenue / 3),
  low: (d) => aq.op.lower(d.name),
  month: (d) => aq.op.month(d.sold),
  root: (d) => aq.op.sqrt(d.cost),
  larger: (d) => Math.max(d.revenue, d.cost),
})`,
    inputs: ['revenue', 'name', 'sold', 'cost'],
    outputs: ['rounded', 'low', 'month', 'root', 'larger'],
  },
  'steps that read each other, helpers and blocks': {
    code: `import { escape } from 'arquero'
const rate = 1.19
const net = (gross) => gross / rate
export function clean(df) {
  df = df.derive({ profit: (d) => d.revenue - d.cost })
  const more = df.derive({ twice: ({ profit }) => profit * 2, net_revenue: escape((d) => net(d.revenue)) })
  return more.derive({
    label: (d) => {
      const size = d.twice > 10 ? 'big' : 'small'
      return size
    },
  })
}`,
    inputs: ['revenue', 'cost'],
    outputs: ['profit', 'twice', 'net_revenue', 'label'],
  },
  'aggregates beside values of the row': {
    code: `import { op } from 'arquero'
export const clean = (t) => t.groupby('shop').derive({
  share: (d) => d.cost / op.sum(d.cost),
  above: (d) => d.cost - op.mean(d.cost),
}).ungroup()`,
    inputs: ['shop', 'cost'],
    outputs: ['share', 'above'],
    isKeyed: true,
  },
  aggregates: perShop(
    `total: (d) => op.sum(d.cost), lines: op.count(), there: (d) => op.valid(d.revenue), average: (d) => op.mean(d.revenue), low: (d) => op.min(d.revenue),
     high: (d) => op.max(d.revenue), middle: (d) => op.median(d.cost), spread: (d) => op.stdev(d.qty), var: (d) => op.variance(d.qty), most: (d) => op.quantile(d.cost, 0.9),
     first: (d) => op.min(d.sold)`.replace('var:', 'variance:'),
    ['cost', 'revenue', 'qty', 'sold'],
    ...'total lines there average low high middle spread variance most first'.split(' '),
  ),
  'aggregates of calculations, and what is made of them': {
    code: `import { op } from 'arquero'
export function totals(table) { //#agg
  const sales = table.derive({ profit: (d) => d.revenue - d.cost })
  return sales
    .groupby('shop')
    .rollup({ total: (d) => op.max(d.profit), weighted: (d) => op.sum(d.cost * d.qty) / op.sum(d.qty), lines: () => op.count() })
    .derive({ per_line: (d) => d.total / d.lines, word: (d) => (d.total > 5 ? 'good' : 'bad') })
}`.replace('totals', 'clean'),
    inputs: ['revenue', 'cost', 'qty'],
    outputs: ['total', 'weighted', 'lines', 'per_line', 'word'],
    isGroup: true,
  },
}

function folder(code: string, frames?: object) {
  const model = {
    model_name: 'shops',
    features: ['shops.features.ts'],
    data: 'd.csv',
    group_by: 'shop',
    ...(frames && { legacy_mode: true, frames }),
  }
  return folderWith({
    'modeldriver.json': JSON.stringify({ models: [model] }),
    'd.csv': data,
    'shops.features.ts': code,
  })
}

async function run(root: string): Promise<ProjectRun['models'][number]> {
  const result = await runProject({ project: `${root}/modeldriver.json` })
  const problems = result.analysis.problems.filter(({ severity }) => severity === 'error' || severity === 'warning')
  expect([...problems, ...result.problems]).toEqual([])
  const [model] = result.models
  expect([...(model?.failures.values() ?? [])]).toEqual([])
  return model as ProjectRun['models'][number]
}

const kind = ({ columns }: AnalysedModel, name: string) => {
  const type = columns?.get(name)?.type
  if (type === undefined) return undefined
  return type === 'date' || type === 'datetime' ? 'Date' : type === 'integer' ? 'number' : type
}

/** The file with the features in place of its table function. */
function converted(
  text: string,
  analysed: AnalysedModel,
  inputs: readonly string[],
  outputs: readonly string[],
): string {
  const made = tableToFeatures({ path: '/shops.features.ts', text }, 'clean', {
    keys: ['shop'],
    inputs,
    outputs,
    isTaken: () => false,
    typeOf: (name) => kind(analysed, name),
  })
  if ('refused' in made) throw new Error(made.refused)
  return [...made.edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, text: part }) => result.slice(0, span.start) + part + result.slice(span.end), text)
}

/** Nothing is divided by 0. */
const isFree = (text: string): boolean => !/[/%]/.test(text)

const { anyExpression, anyTotal } = fc.letrec<{
  anyExpression: string
  number: string
  truth: string
  anyTotal: string
}>((tie) => ({
  // Not the sum, because of groups in which there is nothing to add up.
  anyTotal: fc.oneof(
    { maxDepth: 3 },
    fc
      .tuple(
        fc.constantFrom('mean', 'min', 'max', 'median', 'stdev', 'valid'),
        fc.constantFrom('revenue', 'cost', 'qty'),
      )
      .map(([name, column]) => `op.${name}(d.${column})`),
    fc
      .tuple(
        fc.constantFrom('mean', 'min', 'max', 'valid'),
        fc.constantFrom('revenue', 'cost'),
        tie('number').filter(isFree),
      )
      .map(([name, column, more]) => `op.${name}(d.${column} + ${more})`),
    fc.constant('op.count()'),
    fc
      .tuple(tie('anyTotal'), fc.constantFrom('+', '-', '*', '/', '??', '>'), tie('anyTotal'))
      .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
  ),
  anyExpression: fc.oneof(tie('number'), tie('truth')),
  number: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expression' },
    fc.constantFrom('d.revenue', 'd.cost', 'd.qty', '0', '1', '2.5'),
    fc
      .tuple(tie('number'), fc.constantFrom('+', '-', '*', '/', '%'), tie('number'))
      .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
    tie('number').map((of) => `-(${of})`),
    tie('number').map((of) => `Math.abs(${of})`),
    tie('number').map((of) => `op.round(${of})`),
    fc.tuple(tie('number'), tie('number')).map(([left, right]) => `(${left} ?? ${right})`),
    fc.tuple(tie('truth'), tie('number'), tie('number')).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
  ),
  truth: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expression' },
    fc.constantFrom('d.is_new', 'd.cost == null', 'd.revenue !== undefined'),
    fc
      .tuple(tie('number'), fc.constantFrom('>', '<', '>=', '<=', '===', '!=='), tie('number'))
      .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
    fc.tuple(tie('truth'), fc.constantFrom('&&', '||'), tie('truth')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    tie('truth').map((of) => `!(${of})`),
  ),
}))

const cellsOf = (table: Table | undefined, name: string) => {
  const column = table?.columns.get(name)
  if (!column || !table) return undefined
  // Arquero takes the mean step by step, so that the last digits differ.
  const rounded = (value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value)
  return Array.from({ length: table.length }, (_, row) => rounded(cell(column, row)))
}

describe('features that a table function was converted to give the same cells', () => {
  test.each(Object.entries(cases))('%s', async (_, { code, inputs, outputs, isGroup, isKeyed }) => {
    const root = folder(code, { clean: { inputs, outputs } })
    const before = await run(root)
    const text = converted(code, before.analysed, inputs, outputs)
    const after = await run(folder(`${text}\n`))
    expect(text).not.toContain('table')
    const table = isGroup ? 'groups' : 'rows'
    const shown = (of: typeof before) =>
      outputs.map((name) => [name, cellsOf(of.result[table], name)?.filter((_, row) => !isKeyed || row !== 4)])
    const wanted = shown(before)
    expect(wanted.flat(2)).not.toContain(undefined)
    expect(shown(after)).toEqual(wanted)
  })

  test('whatever is calculated, compared, chosen and asked if missing', async () => {
    const columns = fc.sample(anyExpression, { numRuns: 400, seed: 7 }).map((text, i) => `y${i}: (d) => ${text}`)
    const outputs = columns.map((_, i) => `y${i}`)
    const inputs = ['revenue', 'cost', 'qty', 'is_new']
    const code = `import { op } from 'arquero'\nexport const clean = (t) => t.derive({\n  ${columns.join(',\n  ')},\n})\n`
    const before = await run(folder(code, { clean: { inputs, outputs } }))
    const text = converted(code, before.analysed, inputs, outputs)
    const after = await run(folder(text))
    const shown = (of: typeof before) =>
      outputs.map((name, i) => [columns[i], cellsOf(of.result.rows, name) ?? cellsOf(of.result.groups, name)])
    expect(shown(after)).toEqual(shown(before))
  })

  test('whatever is aggregated, and calculated with aggregates', async () => {
    const columns = fc.sample(anyTotal, { numRuns: 60, seed: 7 }).map((text, i) => `y${i}: (d) => ${text}`)
    const outputs = columns.map((_, i) => `y${i}`)
    const inputs = ['revenue', 'cost', 'qty', 'is_new']
    const code = `import { op } from 'arquero'\nexport const clean = (t) => t.groupby('shop').rollup({\n  ${columns.join(',\n  ')},\n}) //#agg\n`
    const before = await run(folder(code, { clean: { inputs, outputs } }))
    const after = await run(folder(converted(code, before.analysed, inputs, outputs)))
    const shown = (of: typeof before) => outputs.map((name, i) => [columns[i], cellsOf(of.result.groups, name)])
    expect(shown(after)).toEqual(shown(before))
  })

  test('but for rows without a key, which belong to no group', async () => {
    const { code, inputs, outputs } = cases['aggregates beside values of the row'] as Case
    const before = await run(folder(code, { clean: { inputs, outputs } }))
    const after = await run(folder('export const above = (cost) => cost - cost.mean() //#row\n'))
    expect([before, after].map(({ result }) => cellsOf(result.rows, 'above')?.[4])).toEqual([0, null])
  })

  test('but for x / 0, which is missing to what reads it, and infinite inside of a table function', async () => {
    const steps = 'derive({ ratio: (d) => (d.cost + 1) / d.cost }).derive({ is_high: (d) => d.ratio > 1 })'
    const code = `export const clean = (t) => t.${steps}\n`
    const one = await run(folder(code, { clean: { inputs: ['cost'], outputs: ['ratio', 'is_high'] } }))
    const two = await run(folder(converted(code, one.analysed, ['cost'], ['ratio', 'is_high'])))
    expect([one, two].map(({ result }) => cellsOf(result.rows, 'is_high')?.[2])).toEqual([true, false])
  })

  test('but for the sum of nothing, which is 0', async () => {
    const { code, inputs, outputs } = perShop('total: (d) => op.sum(d.revenue)', ['revenue'], 'total')
    const [one, other] = [
      folder(code, { clean: { inputs, outputs } }),
      folder('export const total = (revenue) => revenue.sum() //#agg\n'),
    ]
    for (const root of [one, other]) writeFileSync(`${root}/d.csv`, 'shop,revenue\na,1\nb,\n')
    expect(cellsOf((await run(one)).result.groups, 'total')).toEqual([1, null])
    expect(cellsOf((await run(other)).result.groups, 'total')).toEqual([1, 0])
  })
})
