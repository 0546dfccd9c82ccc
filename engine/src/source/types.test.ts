// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyse } from '../check/analyse.ts'
import { executeModel } from '../compute/execute.ts'
import * as library from '../functions/index.ts'
import type { ValueType } from '../ir/values.ts'
import { findProject, openProject } from '../model/project.ts'
import { planModel } from '../plan/plan.ts'
import { missingCount } from '../table/columns.ts'
import { readDelimited } from '../table/csv.ts'
import type { ColumnData } from '../table/table.ts'
import { memoryFiles } from '../testing/fixture.ts'
import { typeScriptReader } from './typescript/reader.ts'

const data = `pin,qty,price,name,sold,at,ok,gap
A,3,2.5,pear,2024-03-01,2024-03-01T10:30:00Z,true,
A,4,1.25,apple,2024-03-02,2024-03-02T00:00:00Z,false,1.5
B,0,10.5,fig,2023-12-31,2023-12-31T23:59:59Z,true,2
`
const head = "import { clip, coalesce, isMissing, max, mean, month, round, weekday } from 'modeldriver'\n"

interface Found {
  readonly type: ValueType | undefined
  readonly level: string
  readonly run: ColumnData | undefined
}

/** Types, levels and results of the features of a text, over the data above. */
function find(text: string, csv = data): ReadonlyMap<string, Found> {
  const path = '/sales.features.ts'
  const source = `// group_by: pin\n${head}${text}`
  const fs = memoryFiles(
    new Map([
      ['/sales.csv', csv],
      [path, source],
    ]),
  )
  const [analysed] = analyse(openProject(findProject(path, fs), fs, typeScriptReader())).models
  if (!analysed) throw new Error('no model')
  const plan = planModel(analysed, [...analysed.features.keys()]).value
  if (!plan) throw new Error('no plan')
  const names = [...analysed.features.keys()]
  const body = `${text.replaceAll('export ', '')}\nreturn { ${names.join(', ')} }`
  const functions = new Function(...Object.keys(library), body)(...Object.values(library))
  const result = executeModel(plan, analysed.features, readDelimited(csv, {}).table, {
    functionOf: (name) => functions[name],
    now: () => 0,
  })
  const columnOf = (name: string) => result.rows.columns.get(name) ?? result.groups?.columns.get(name)
  return new Map(
    names.map((name) => [
      name,
      { type: analysed.types.get(name), level: analysed.levels.get(name)?.level ?? '', run: columnOf(name) },
    ]),
  )
}

/** A run finds of a type what its values show: whole numbers among numbers, midnights among moments, anything in nothing. */
function agrees(claimed: ValueType | undefined, run: ColumnData | undefined): boolean {
  if (!claimed || !run) return true
  const length = run.type === 'string' ? run.codes.length : run.values.length
  if (missingCount(run) === length) return true
  if (claimed === 'integer' && run.type === 'number')
    return run.values.every((value) => Number.isNaN(value) || Number.isInteger(value))
  return (
    claimed === run.type ||
    `${claimed} ${run.type}` === 'number integer' ||
    `${claimed} ${run.type}` === 'datetime date'
  )
}

describe('the type of a feature', () => {
  test.each<[string, ValueType | undefined]>([
    ['(qty) => qty', 'integer'],
    ['(price) => price', 'number'],
    ['(name) => name', 'string'],
    ['(sold) => sold', 'date'],
    ['(at) => at', 'datetime'],
    ['(ok) => ok', 'boolean'],
    ['(qty, ok) => qty * 2 - ok', 'integer'],
    ['(qty, price) => qty * price', 'number'],
    ['(qty) => qty / 2', 'number'],
    ['(name, qty) => `${name} ${qty}`', 'string'],
    ['(sold) => sold + 1', 'string'],
    ['(at, sold) => at - sold', 'number'],
    ['(at) => +at', 'integer'],
    ['(name) => -name', 'number'],
    ['(qty) => qty > 2', 'boolean'],
    ['(ok, qty) => !ok && qty > 2', 'boolean'],
    ['(name) => name || "none"', 'string'],
    ['(qty) => qty > 2 ? qty : null', 'integer'],
    ['(qty, price) => qty > 2 ? qty : price', 'number'],
    ['(qty, name) => qty > 2 ? qty : name.length', 'integer'],
    ['(qty) => qty > 2 ? 1 : true', undefined],
    ['(qty) => { if (qty > 2) return "many" }', 'string'],
    ['(gap) => gap ?? 0', 'number'],
    ['(gap = 0.5) => gap', 'number'],
    ['(nowhere = 3) => nowhere', 'integer'],
    ['(nowhere = null) => nowhere', undefined],
    ['(price) => Math.floor(price)', 'integer'],
    ['(price) => Math.max(price, 1)', 'number'],
    ['(qty) => Math.max(qty, 1)', 'integer'],
    ['(price) => round(price, 1)', 'number'],
    ['(price) => round(price)', 'integer'],
    ['(price) => clip(price, 1, 2)', 'number'],
    ['(name) => name.toUpperCase().slice(0, 2)', 'string'],
    ['(name) => name.includes("a")', 'boolean'],
    ['(name) => name.length', 'integer'],
    ['(name) => Number(name)', 'number'],
    ['(at) => at.getUTCHours()', 'integer'],
    ['(at) => month(at)', 'integer'],
    ['(at) => new Date(at.getTime() + 1000)', 'datetime'],
    ['(at) => at.toISOString().slice(0, 10)', 'string'],
    ['(name) => isMissing(name)', 'boolean'],
    ['(gap, price) => coalesce(gap, price)', 'number'],
    ['(qty) => qty.sum()', 'integer'],
    ['(ok) => ok.sum()', 'integer'],
    ['(price) => price.sum()', 'number'],
    ['(qty) => qty.mean()', 'number'],
    ['(sold) => sold.mean()', 'datetime'],
    ['(at) => at.max()', 'datetime'],
    ['(name) => name.mode()', 'string'],
    ['(ok) => ok.any()', 'boolean'],
    ['(name) => name.nunique()', 'integer'],
    ['(qty, ok) => qty.filter(ok).max()', 'integer'],
    ['(price) => price.map((p) => p > 2).first()', 'boolean'],
    ['(name) => { const long = name.filter((n) => n.length > 3); return long.last() }', 'string'],
    ['(sold) => sold.diff().max()', 'integer'],
    ['(name) => name.at(0) //#agg', 'string'],
    ['(qty) => qty.at(-1) //#agg', 'integer'],
    ['(qty) => qty - 1 //#agg', 'number'],
    ['(price) => price - price.mean()', 'number'],
    ['(total) => total * 2', 'integer'],
    ['(label) => label.length', 'integer'],
    ['(opaque) => opaque', undefined],
    ['() => 0.5', 'number'],
    ['() => "x"', 'string'],
    ['(name) => name.replace(/a/, "")', undefined],
    ['(first_sold) => first_sold.getUTCFullYear()', 'integer'],
    ['(price) => price.unique()', undefined],
  ])('%s', (source, expected) => {
    const others = `export const total = (qty) => qty.sum()
export const label = (name) => name + '!'
export const opaque = (name) => { let x = name; return x }
export const first_sold = (sold) => sold.min()`
    const f = find(`export const f = ${source}\n${others}`).get('f')
    expect(f?.type).toBe(expected)
    expect(agrees(f?.type, f?.run)).toBe(true)
  })

  test('a long chain, and features that need each other', () => {
    const chain = Array.from({ length: 50 }, (_, i) => `export const f${i} = (f${i + 1}) => f${i + 1} + 1`).join('\n')
    expect(find(`${chain}\nexport const f50 = (qty) => qty`).get('f0')?.type).toBe('integer')
    expect(
      find('export const a = (b) => b\nexport const b = (a) => a + 1\nexport const c = (a) => a > 1').get('c')?.type,
    ).toBe('boolean')
  })
})

describe('the length of an input', () => {
  test.each([
    ['(qty) => qty.length', 'group', [2, 1]],
    ['(sold) => { const all = sold; return all.length }', 'group', [2, 1]],
    ['(qty = 1) => qty.length', 'group', [2, 1]],
    ['(doubled) => doubled.length', 'group', [2, 1]],
    ['(name) => name.length', 'row', [4, 5, 3]],
    ['(name, ok) => ok ? name.length : 0', 'row', [4, 0, 3]],
    ['(qty) => qty / qty.length', 'row', [1.5, 2, 0]],
  ] as const)('%s', (source, level, values) => {
    const f = find(`export const f = ${source}\nexport const doubled = (qty) => qty * 2`).get('f')
    expect({ level: f?.level, values: f?.run && 'values' in f.run ? [...f.run.values] : undefined }).toEqual({
      level,
      values,
    })
  })
})

const scalar = fc.letrec<{ node: string }>((tie) => {
  const node = tie('node')
  const two = (join: (a: string, b: string) => string) => fc.tuple(node, node).map(([a, b]) => join(a, b))
  const leaf = fc.constantFrom('qty', 'price', 'name', 'sold', 'at', 'ok', 'gap', '1', '0.5', '"x"', 'true', 'null')
  const operators = ['+', '-', '*', '%', '/', '<', '==', '&&', '||']
  return {
    node: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { arbitrary: leaf, weight: 3 },
      fc.constantFrom(...operators).chain((sign) => two((a, b) => `(${a} ${sign} ${b})`)),
      two((a, b) => `(${a} ?? ${b})`),
      fc.tuple(node, node, node).map(([test, a, b]) => `(${test} ? ${a} : ${b})`),
      node.map((a) => `-(${a})`),
      node.map((a) => `!(${a})`),
      two((a, b) => `Math.max(${a}, ${b})`),
      two((a, b) => `clip(${a}, 0, ${b})`),
      two((a, b) => `coalesce(${a}, ${b})`),
      fc
        .constantFrom('round', 'Math.floor', 'Number', 'String', 'Boolean', 'isMissing', 'weekday')
        .chain((name) => node.map((a) => `${name}(${a})`)),
      fc
        .constantFrom('slice(1)', 'length', 'includes("a")', 'getUTCDay()', 'at(0)')
        .chain((name) => node.map((a) => `(${a}).${name}`)),
      fc
        .tuple(
          fc.constantFrom('qty', 'price', 'name', 'sold', 'at', 'ok', 'gap'),
          fc.constantFrom('', '.lag()', '.filter(ok)', '.unique()', '.map((x) => x + 1)', '.where(ok, qty)', '.diff()'),
          fc.constantFrom('sum', 'mean', 'min', 'max', 'count', 'median', 'mode', 'first', 'any', 'nunique', 'argmax'),
        )
        .map(([column, vector, name]) => `${column}${vector}.${name}()`),
    ),
  }
}).node

test('no run contradicts the type of any expression', () => {
  const names = ['qty', 'price', 'name', 'sold', 'at', 'ok', 'gap']
  const level = fc.constantFrom('', ' //#agg', ' //#row')
  fc.assert(
    fc.property(fc.array(fc.tuple(scalar, level), { minLength: 8, maxLength: 8 }), (bodies) => {
      const features = bodies.map(([body, marker], i) => {
        const inputs = names.filter((name) => new RegExp(`\\b${name}\\b`).test(body))
        return `export const f${i} = (${inputs.join(', ')}) => (${body})${marker}`
      })
      for (const [name, { type, run }] of find(features.join('\n'))) {
        const feature = features[Number(name.slice(1))]
        if (!agrees(type, run)) throw new Error(`${feature} is ${run?.type}, not ${type}`)
      }
    }),
    { numRuns: 100 },
  )
}, 60_000)
