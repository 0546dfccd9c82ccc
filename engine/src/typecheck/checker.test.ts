// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are source code
import { describe, expect, it } from 'vitest'
import { analyseFixture } from '../testing/check.ts'
import { applyEdits, fixesIn } from '../testing/fix.ts'
import { Cancelled, makeTypeChecker } from './checker.ts'
import { libraryTexts } from './libraries.ts'
import { shadowProject } from './shadowProject.ts'
import { checker, found } from './testing.ts'
import { typeProblems } from './typeProblems.ts'

const data = `
//- /orders.csv
pin,region,revenue,qty,sold,paid,empty,Unit Price
A,de,10.5,4,2024-03-01,true,,3
B,fr,20,5,2024-03-02,false,,4
`
const others = `
export const band = (qty) => (qty < 3 ? 'low' : qty < 9 ? 'middle' : 'high')
export const counted = (qty) => { let n = 0; for (let i = 0; i < 3; i++) n = n + qty; return n } //#row
export const total = (revenue) => revenue.sum()
export const unknown = (empty, qty) => { let x = empty; x += qty; return x } //#row
`
const head = `// group_by: pin
import { isMissing, max, mean, month, round, sum, year } from 'modeldriver'
`

const one = (source: string, extension = 'ts') =>
  found(`${data}//- /orders.features.${extension}\n${head}export const f = ${source}${others}`)

const text = `'region' is text in orders.csv (e.g. "de")`
const number = "'qty' is a number in orders.csv (e.g. 4)"
const date = "'sold' is a date in orders.csv (e.g. 2024-03-01)"
const column = "'revenue' is a whole column here, all rows of a pin"

it('of a column without values nothing is known, nor of what is made of it, in its model and in the next', () => {
  const source = `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "data": "d.csv", "features": ["a.features.ts"], "group_by": "pin" },
  { "model_name": "b", "seq": 2, "input": "a.groups", "features": ["b.features.ts"] },
  { "model_name": "c", "seq": 3, "input": "a.rows", "features": ["c.features.ts"] } ] }
//- /d.csv
pin,a,b
1,,2
//- /a.features.ts
export const mx = (a) => a.max()
export const per = (mx: number, b) => b / mx
export const first = (a) => a.first() * 2
//- /b.features.ts
export const twice = (mx: number) => mx * 2
//- /c.features.ts
export const twice = (a: number) => a * 2
`
  expect(found(source)).toEqual([])
  expect(analyseFixture(source).analysis.problems).toEqual([])
})

describe('what a body asks of values that cannot do it', () => {
  it.each([
    ['(qty, region = 0) => qty * (1 - region)', `region = 0 ~ ${text}, but its default is a number.`],
    ["({ qty = 'none' }) => qty", `qty ~ ${number}, but its default is text.`],
    ['(region) => region - 1', `region ~ ${text}, so nothing can be subtracted from it.`],
    ['(region) => 1 - region', `region ~ ${text}, so it cannot be subtracted.`],
    ['(region, qty) => qty / region', `region ~ ${text}, so nothing can be divided by it.`],
    ['(region, qty) => region.trim() * qty', "region.trim() ~ 'region.trim()' is text, so it cannot be multiplied."],
    [
      '(region, qty) => region + qty - 1',
      "region + qty ~ 'region' is text in orders.csv (e.g. \"de\"), and so is 'region + qty', so nothing can be subtracted from it.",
    ],
    ['(region) => region > 5', `region > 5 ~ ${text}, so it cannot be compared with a number.`],
    ["(sold) => sold > '2024-01-01'", `sold > '2024-01-01' ~ ${date}, so it cannot be compared with text.`],
    ["(qty) => qty === '4'", `qty === '4' ~ ${number}, so it never equals '4'.`],
    ['(qty) => true === qty', `true === qty ~ ${number}, so it never equals true.`],
    ['(region) => { switch (region) { case 1: return 2 } return 3 }', `1 ~ ${text}, so it never equals 1.`],
    [
      "(band) => band === 'midle'",
      "band === 'midle' ~ 'band' is always 'low', 'middle' or 'high', never 'midle'. Did you mean 'middle'?",
    ],
    [
      '(revenue) => revenue.summ()',
      "summ ~ 'revenue' is a number in orders.csv (e.g. 10.5), which has no 'summ'. Did you mean 'sum'?",
    ],
    ['(revenue) => revenue.max() - revenue.mni()', `mni ~ ${column}, which has no 'mni'. Did you mean 'min'?`],
    ['(qty) => qty.toUpperCase()', `toUpperCase ~ ${number}, which has no 'toUpperCase'.`],
    [
      '(region) => region.toLowercase()',
      `toLowercase ~ ${text}, which has no 'toLowercase'. Did you mean 'toLowerCase'?`,
    ],
    ['(region) => region?.size', `size ~ ${text}, which has no 'size'. Did you mean 'length'?`],
    [
      '(qty) => qty.rolling(3).avg()',
      "avg ~ 'qty.rolling(3)' is windows of values, which have no 'avg'. Did you mean 'mean'?",
    ],
    ['(region) => region.cumsum()', `region ~ ${text}, but 'cumsum' needs numbers.`],
    [
      '(revenue) => revenue - revenue.filter((x) => x > 1).cumsum()',
      "revenue.filter((x) => x > 1).cumsum() ~ 'revenue.filter((x) => x > 1).cumsum()' is a whole column here: it cannot be calculated with like one value. Take one value of it, for example revenue.filter((x) => x > 1).cumsum().first().",
    ],
    ['(qty) => qty.avg()', `avg ~ ${number}, which has no 'avg'. Did you mean 'mean'?`],
    ['(qty) => qty.sum', `sum ~ ${number}, which has no 'sum'. Write qty.sum() to ask all rows of it.`],
    ['(qty) => qty.slice(0, 2)', `slice ~ ${number}, which has no 'slice'. Its digits are String(qty).`],
    ['(sold) => sold.slice(0, 7)', `slice ~ ${date}, which has no 'slice'. Its text is sold.toISOString().`],
    ['(region) => region.sum()', `region ~ ${text}, but 'sum' needs numbers.`],
    ['(region) => mean(region)', `region ~ ${text}, but 'mean' needs numbers or dates.`],
    ['(sold) => sold.sum()', `sold ~ ${date}, but 'sum' needs numbers.`],
    ['(region) => Math.round(region)', `region ~ ${text}, but 'round' needs a number.`],
    ['(region) => round(region)', `region ~ ${text}, but 'round' needs a number.`],
    ['(qty) => year(qty)', `qty ~ ${number}, but 'year' needs a date.`],
    [
      "(qty) => ['4', '5'].includes(qty)",
      `qty ~ ${number}, but 'includes' needs text. Write String(qty), or the list without quotes.`,
    ],
    [
      "(paid) => ['yes'].includes(paid)",
      "paid ~ 'paid' is true or false in orders.csv (e.g. true), but 'includes' needs text. Write paid for those that are true, !paid for those that are false.",
    ],
    ['(region) => [1, 2].includes(region)', `region ~ ${text}, but 'includes' needs a number.`],
    [
      '(revenue) => { //#agg\n  return revenue * 2 }',
      `revenue ~ ${column}: it cannot be calculated with like one value. Take one value of it, for example revenue.first().`,
    ],
    ['(revenue) => Math.abs(revenue) //#agg', `revenue ~ ${column}, but 'abs' needs a number.`],
    ['(revenue) => revenue.corr(2)', "2 ~ '2' is a number, but 'corr' needs a whole column."],
    ['(revenue, region) => revenue.corr(region)', `region ~ ${text}, but 'corr' needs numbers.`],
    ['(revenue) => revenue.corr()', "corr ~ 'corr' needs 'other' between its parentheses."],
    ['(revenue) => revenue.quantile()', "quantile ~ 'quantile' needs 'p' between its parentheses."],
    [
      '(revenue) => revenue.filter((x) => x > 1).length()',
      "length ~ 'revenue.filter((x) => x > 1).length' is a number, so it cannot be called.",
    ],
    ['(revenue) => revenue.map((x) => x.trim()).first()', "trim ~ 'x' is a number, which has no 'trim'."],
    [
      '(qty) => { let t = 0; for (const x of qty) t += x; return t } //#row',
      `qty ~ ${number}, so there is nothing to loop over.`,
    ],
    ['({ region: r, qty }) => r * qty', `r ~ ${text}, so it cannot be multiplied.`],
    [
      "({ 'Unit Price': price }) => price.trim()",
      "trim ~ 'Unit Price' is a number in orders.csv (e.g. 3), which has no 'trim'.",
    ],
    ['region => region * 2', `region ~ ${text}, so it cannot be multiplied.`],
    ['(region, qty?) => region * qty', `region ~ ${text}, so it cannot be multiplied.`],
    ['(counted) => counted.trim()', "trim ~ 'counted' is a number, which has no 'trim'."],
    [
      '(total, region) => region + total.toFix(2)',
      "toFix ~ 'total' is a number, which has no 'toFix'. Did you mean 'toFixed'?",
    ],
  ])('%s', (source, expected) => expect(one(source)).toEqual([expected]))
})

describe('what a feature gives that no column can hold', () => {
  const lists = 'but a column holds single values. Give one value of it'
  it.each([
    [
      '(qty) => ({ qty })',
      "{ qty } ~ 'f' gives an object, but a column holds single values. Give one number, text, true or false, or date; make a feature of each part.",
    ],
    ['(qty) => (qty > 1 ? { a: 1 } : null)', "{ a: 1 } ~ 'f' gives an object"],
    [
      '(qty, revenue) => { const r = [qty, revenue]; return r }',
      `r ~ 'f' gives a list, ${lists}: r[0], or make it text with join(', ').`,
    ],
    ["(region) => region.split('e')", "region.split('e') ~ 'f' gives a list"],
    ['(region) => region.match(/e/)', "region.match(/e/) ~ 'f' gives a list"],
    [
      '(region) => region.unique()',
      "region.unique() ~ 'f' gives all values of region.unique(), but a column holds single values. Count them with region.nunique(), or make them text with region.unique().join(', ').",
    ],
    [
      '(revenue) => revenue //#agg',
      `revenue ~ 'f' gives all values of revenue, ${lists}, for example revenue.first(), revenue.max(), or revenue.join(', ').`,
    ],
    [
      '(revenue) => revenue.cumsum() //#agg',
      "revenue.cumsum() ~ 'f' gives all values of revenue.cumsum(), but a column holds single values. For one value per row write one formula, without loops and without //#agg; for one per group add .last(), .max() or the like.",
    ],
    [
      '(qty) => qty.rolling(3)',
      "qty.rolling(3) ~ 'f' gives windows, but a column holds single values. Ask something of them: .mean(), .sum(), .max().",
    ],
    ['(revenue) => { const sorted = revenue.sort(); return sorted }', "sorted ~ 'f' gives all values of sorted"],
    ['(revenue) => [...revenue]', "[...revenue] ~ 'f' gives a list"],
    ['(revenue) => revenue.toArray() //#agg', "revenue.toArray() ~ 'f' gives a list"],
    ['(qty) => (x) => x * qty', "(x) => x * qty ~ 'f' gives a function, but a column holds single values. Call it"],
    ["(qty) => new Map([['a', qty]])", "new Map([['a', qty]]) ~ 'f' gives an object"],
    ['(qty) => Promise.resolve(qty)', "Promise.resolve(qty) ~ 'f' gives a promise"],
    ['(qty) => BigInt(qty)', "BigInt(qty) ~ 'f' gives a BigInt"],
    [
      "(qty) => qty > 1 ? 'high' : 0",
      "0 ~ 'f' gives numbers here and text elsewhere, but a column holds values of one kind. Where there is none, give null.",
    ],
    ["(qty) => { if (qty > 1) return qty; return 'none' }", "'none' ~ 'f' gives text here and numbers elsewhere"],
    ["(revenue) => (revenue ?? 'none')", "'none' ~ 'f' gives text here and numbers elsewhere"],
    ['(sold, qty) => (qty > 1 ? sold : qty)', "qty ~ 'f' gives numbers here and dates elsewhere"],
  ])('%s', (source, expected) => expect(one(source).join('\n')).toContain(expected))

  it.each([
    ['(qty, paid) => (qty > 1 ? paid : qty)'],
    ['(qty) => (qty > 1 ? undefined : null)'],
    ["(region) => (region === 'de' ? new Date(0) : null)"],
    ['(qty) => { const o = { qty }; const list = [o]; return list[0].qty }'],
    ['(region) => region.map((r) => [r]).count() //#agg'],
    ['(empty) => empty'],
    ['(qty) => { const half = (x) => { return [x / 2] }; return half(qty)[0] }'],
  ])('not %s', (source) => expect(one(source)).toEqual([]))
})

describe('where no TypeScript service stands beside', () => {
  const alone = (source: string) =>
    found(`${data}//- /orders.features.ts\n${head}export const f = ${source}${others}`, true)
  it.each([
    ['(qty) => Math.rond(qty)', "rond ~ 'Math' has no 'rond'. Did you mean 'round'?"],
    [
      '(revenue) => revenue.sum().max()',
      "max ~ 'revenue.sum()' is a number, which has no 'max'. It is one value already, so there is nothing to aggregate.",
    ],
    ['(qty) => (qty * 2).toFix(1)', "toFix ~ 'qty * 2' is a number, which has no 'toFix'. Did you mean 'toFixed'?"],
    [
      "(revenue, region) => revenue.filter(region == 'de').sum()",
      `region == 'de' ~ 'region' is a whole column here, all rows of a pin, so it never equals 'de'. Compare each row: region.map((x) => x === 'de').`,
    ],
    [
      '(region) => ({ de: 1 }).get(region)',
      "get ~ '{ de: 1 }' is an object, which has no 'get'. Write { de: 1 }[region].",
    ],
    [
      "(region) => new Map([['de', 1]])[region]",
      "new Map([['de', 1]])[region] ~ 'new Map([['de', 1]])' is a Map: ask it with new Map([['de', 1]]).get(region).",
    ],
    [
      '(revenue) => [...revenue].sort()[0]',
      '[...revenue].sort() ~ sort() without a comparison sorts numbers as text: 10 stands before 9. Write sort((a, b) => a - b).',
    ],
    [
      '(revenue) => revenue.toArray().toSorted()[0]',
      'revenue.toArray().toSorted() ~ toSorted() without a comparison sorts numbers as text: 10 stands before 9. Write toSorted((a, b) => a - b).',
    ],
    [
      '(revenue) => revenue.mean().round(2)',
      "round ~ 'revenue.mean()' is a number, which has no 'round'. Write round(revenue.mean(), 2), with round imported from 'modeldriver'.",
    ],
    ["(region) => region.contains('d')", `contains ~ ${text}, which has no 'contains'. Did you mean 'includes'?`],
  ])('%s', (source, expected) => expect(alone(source)).toEqual([expected]))
  it.each([
    '(revenue) => [...revenue].sort((a, b) => a - b)[0]',
    '(region) => [...region].sort()[0]',
    '(revenue) => revenue.sort()[0]',
  ])('not %s', (source) => expect(alone(source)).toEqual([]))
  it('what is right', () => expect(alone('(qty) => Math.round(qty) + nothing.at(0) + ({}).x')).toEqual([]))
})

describe('what is right', () => {
  it.each([
    [
      'missing values',
      '(revenue, region) => revenue == null || region === null || isMissing(region) ? null : (revenue ?? 0)',
    ],
    ['tests of missing values', '(region, qty) => isNaN(region) || Number.isNaN(qty) || isFinite(region)'],
    ['dates are calculated with', '(sold) => (Date.UTC(2025, 0, 1) - sold) / 86400000 + +sold'],
    ['dates in order', '(sold) => sold > new Date(2024) && sold < Date.now() && Math.max(sold, 0) > 1'],
    [
      'true and false are calculated with',
      '(paid, qty) => paid * 2 + paid - qty / paid + (qty > 1) + Math.max(paid, 1)',
    ],
    ['… and in order', '(paid, qty) => paid > 0 && paid & (qty > 1)'],
    ['text is added', '(region, qty, sold) => `${region} ${qty}` + sold + qty'],
    ['loose comparisons', "(qty, paid) => qty == '4' || paid == 1"],
    ['numbers from text', '(region) => Number(region) + parseFloat(region) * +region'],
    ['numbers from numbers', '(qty) => parseInt(qty) + parseFloat(qty)'],
    ['a variable of another kind', '(region) => { let x = region; x = Number(x); return x - 1 }'],
    ['a parameter of another kind', '(region) => { region = region.length; return region * 2 }'],
    ['a value and its column', '(revenue) => (revenue - revenue.mean()) / revenue.std()'],
    ['… of text and truth', '(region, paid) => region === region.mode() && paid === paid.first()'],
    ['rows and group', '(revenue, total) => revenue / total'],
    [
      'loops over columns',
      '(revenue) => { let t = 0; for (let i = 0; i < revenue.length; i++) t += revenue[i] * 2; return t } //#agg',
    ],
    [
      'columns as lists',
      '(revenue, region) => Math.max(...revenue) + [...region].length + new Set(region).size + Array.from(revenue).length',
    ],
    [
      'maps and sums',
      '(region, qty) => { const n = new Map(); for (const r of region) n.set(r, (n.get(r) ?? 0) + 1); return n.size + qty.reduce((a, b) => a + b, 0) }',
    ],
    ['a sum of another kind', "(region) => region.reduce((n, r) => n + (r === 'de' ? 1 : 0), 0)"],
    [
      'an object as a sum',
      '(region) => { const n = {}; for (const r of region) n[r] = (n[r] ?? 0) + 1; return Object.keys(n).length }',
    ],
    ['sorted by dates', '(sold) => sold.sort((a, b) => b - a).first()'],
    [
      'functions as they are',
      '(region, qty) => qty.map(String).filter(Boolean).count() + region.map(Number).map(parseFloat).sum()',
    ],
    ['a mask of a condition', "(revenue, region) => revenue.filter(region.map((r) => r === 'de')).sum()"],
    ['dates in the middle', '(sold) => sold.median().getUTCFullYear()'],
    ['a row of another', '(region, revenue) => region[revenue.argmax()]'],
    ['a length of rows', '(qty) => qty.length'],
    ['a length of text', '(region) => region.length * 2'],
    ['the kind is asked for', "(qty) => (typeof qty === 'string' ? qty.trim() : qty)"],
    ['a case twice', "(band) => band === 'low' ? 1 : band === 'low' ? 2 : 3"],
    ['defaults', '(qty = 1, nowhere = 0.2, other = null) => qty * nowhere + other'],
    ['what is not known', '(unknown, empty) => unknown.trim() + empty.foo()'],
    ['what TypeScript says anyway', "(qty) => Math.rond(qty) + 'a' - 1 + nothing"],
    ['annotated', '(region: number, qty: Column<string>) => region * 2'],
    ['a row with types', '({ region }: Row) => region * 2'],
    ['a table to look up', '(region, qty) => ({ de: 1, fr: 2 })[region] ?? [3, 4][qty]'],
    ['a list that is written out', "(region) => ['de', 'fr'].includes(region) || new Set(['de']).has(region)"],
    ['too much', '(revenue) => revenue.sum(1)'],
  ])('%s', (_, source) => expect(one(source)).toEqual([]))
})

describe('files', () => {
  it('JavaScript, with what only TypeScript minds', () => {
    expect(one('(region) => { const o = {}; o.x = region; return o.x - o.y + region }', 'js')).toEqual([])
    expect(one('(region) => region - 1', 'js')).toEqual([`region ~ ${text}, so nothing can be subtracted from it.`])
  })

  it('types go through files and models', () => {
    expect(
      found(`
//- /modeldriver.json
{ "models": [
  { "model_name": "rows", "seq": 1, "features": ["a.features.ts", "b.features.ts"], "data": "d.csv" },
  { "model_name": "next", "seq": 2, "features": ["c.features.ts"], "input": "rows.rows", "group_by": "pin" } ] }
//- /d.csv
pin,price
1,2
//- /a.features.ts
export function label(price) { let x = 'at '; for (let i = 0; i < 2; i++) x += price; return x }
//- /b.features.ts
import { label } from './a.features'
export function wrong(label) { return label * 2 }
export function right(price) { return label(price) }
//- /c.features.ts
export function longest(label) { return label.map((l) => l.length).max() }
export function sum_of(label, right) { return label.sum() + right.sum() }`),
    ).toEqual([
      "label ~ 'label' is text, so it cannot be multiplied.",
      "label ~ 'label' holds text, but 'sum' needs numbers.",
      "right ~ 'right' holds text, but 'sum' needs numbers.",
    ])
  })

  it('a file of two models is checked in each', () => {
    expect(
      found(`
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["x.features.ts"], "columns": { "code": "string" } },
  { "model_name": "b", "seq": 2, "features": ["x.features.ts"], "data": "d.csv" } ] }
//- /d.csv
code
1
//- /x.features.ts
export function twice(code) { return code * 2 }`),
    ).toEqual(["code ~ 'code' is text in modeldriver.json, so it cannot be multiplied."])
  })

  it('says nothing where another rule speaks, or the rule is off', () => {
    const off = (rules: string) => `
//- /modeldriver.json
{ "rules": {${rules}}, "models": [{ "model_name": "a", "features": ["x.features.ts"], "columns": { "code": "string" } }] }
//- /x.features.ts
export function twice(code) { return code * 2 }`
    expect(found(off(''))).toHaveLength(1)
    expect(found(off('"MD019": "off"'))).toEqual([])
  })
})

it('a comment that says why hides it, and is not called needless before the check has run', () => {
  const source = '(region) => region - 1 // md-ignore MD019: the codes are numbers'
  expect(one(source)).toEqual([])
  const { analysis } = analyseFixture(`${data}//- /orders.features.ts\n${head}export const f = ${source}`)
  expect(analysis.problems.map(({ code }) => code)).toEqual([])
})

it.each([
  ['(revenue) => revenue.summ()', "Change to 'sum'"],
  ["(paid, qty) => (qty > 1 && paid !== 'yes' ? 1 : 0)", "Change to '!paid'"],
])('what was meant is offered as a repair, and is right: %s', (feature, title) => {
  const before = `${data}//- /orders.features.ts\n${head}export const f = ${feature}`
  const { fixture, analysis } = analyseFixture(before)
  const [problem] = typeProblems(analysis, checker.check(shadowProject(analysis, (path) => fixture.files.get(path))))
  const [fix] = problem ? fixesIn(fixture.files, analysis, problem) : []
  expect(fix).toMatchObject({ title, isPreferred: true })
  const after = applyEdits(fixture.files, fix?.edits ?? []).get('/orders.features.ts')
  expect(found(`${data}//- /orders.features.ts\n${after}`)).toEqual([])
})

describe('a check again', () => {
  const files = (source: string) => {
    const { fixture, analysis } = analyseFixture(`${data}//- /orders.features.ts\n${source}`)
    return shadowProject(analysis, (path) => fixture.files.get(path))
  }
  it('finds the same as a first one', () => {
    const own = makeTypeChecker(libraryTexts())
    const bad = files('export const f = (region) => region - 1')
    const good = files('export const f = (qty) => qty - 1')
    const first = own.check(bad)
    expect(first).toHaveLength(1)
    expect(own.check(bad)).toEqual(first)
    expect(own.check(good)).toEqual([])
    expect(own.check(bad)).toEqual(first)
  })

  it('can be given up, and goes on afterwards', () => {
    const own = makeTypeChecker(libraryTexts())
    const bad = files('export const f = (region) => region - 1')
    expect(() => own.check(bad, { isCancelled: () => true })).toThrow(Cancelled)
    expect(own.check(bad)).toHaveLength(1)
  })

  it('survives any broken text', () => {
    for (const broken of [
      'export function',
      'export function a(',
      '}}}',
      'export const x = (',
      '`',
      'export const f = ({ region',
    ])
      expect(checker.check(files(broken))).toEqual([])
  })
})
