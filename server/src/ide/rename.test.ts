import { typeScriptNames } from '@modeldriver/engine'
import { analyseFiles, analyseFixture, applyEdits } from '@modeldriver/engine/testing'
import { describe, expect, it } from 'vitest'
import { prepareRename, type Rename, renameAt } from './rename.ts'

const names = typeScriptNames()

function rename(code: string, to: string) {
  const { fixture, analysis } = analyseFixture(code)
  const { path = '', offset = 0 } = fixture.cursor ?? {}
  const textOf = (file: string) => fixture.files.get(file)
  const prepared = prepareRename(analysis, path, offset, textOf)
  const result = renameAt(analysis, path, offset, to, { textOf, names })
  return {
    fixture,
    analysis,
    prepared: prepared && textOf(path)?.slice(prepared.span.start, prepared.span.end),
    result,
  }
}

/** The lines that changed, by file, after the rename; or the refusal. */
function changed(code: string, to: string): Readonly<Record<string, readonly string[]>> | string | undefined {
  const { fixture, analysis, result } = rename(code, to)
  if (result?.kind !== 'edits') return result?.message
  const after = applyEdits(fixture.files, result.edits)
  const problems = analyseFiles(after).problems.length
  expect(problems, 'a rename brings no problems').toBeLessThanOrEqual(analysis.problems.length)
  return Object.fromEntries(
    [...after].flatMap(([path, text]) => {
      const before = new Set(fixture.files.get(path)?.split('\n'))
      const lines = text.split('\n').filter((line) => !before.has(line))
      return lines.length > 0 ? [[path, lines.map((line) => line.trim())]] : []
    }),
  )
}

const pipeline = (marks: Readonly<Record<string, string>>) => {
  let text = `
//- /modeldriver.json
{
  "models": [
    {
      "model_name": "sales",
      "seq": 1,
      "features": ["sales.features.ts"],
      "data": "sales.csv",
      "columns": { "quantity": "number", "sold": { "type": "date", "format": "yyyy-MM-dd" } },
      "kinds": { "revenue": "row" }
    },
    {
      "model_name": "shops",
      "seq": 2,
      "features": ["shops.features.ts"],
      "input": "sales.rows",
      "group_by": ["shop"],
      // what others see
      "outputs": { "turnover": "total", "lines": "count" }
    },
    { "model_name": "score", "seq": 3, "features": ["score.features.ts"], "group_by": "shop", "outputs": ["size"] }
  ]
}
//- /sales.features.ts
/** The revenue of a line. */
export function revenue(price, quantity) {
  return price * quantity
}
export const doubled = ({ revenue }) => ({ revenue }).revenue + revenue(1, 2)
//- /shops.features.ts
import { revenue } from './sales.features.ts'
export const total = (revenue) => revenue.sum() //#agg
export const count = ({ revenue: r }) => r.count() //#agg
export const share = ({ revenue, total }) => revenue / total
export const again = (price) => revenue(price, 1)
//- /score.features.ts
export const size = (turnover) => (turnover > 100 ? 'large' : 'small') //#agg
//- /sales.csv
shop,price,quantity,sold
a,2,3,2025-01-01
b,5,1,2025-01-02
`
  for (const [from, to] of Object.entries(marks)) {
    if (!text.includes(from)) throw new Error(`'${from}' is not in the pipeline`)
    text = text.replace(from, to)
  }
  return text
}

describe('a feature', () => {
  const everywhere = {
    '/modeldriver.json': ['"kinds": { "income": "row" }'],
    '/sales.features.ts': [
      'export function income(price, quantity) {',
      'export const doubled = ({ income }) => ({ revenue: income }).revenue + income(1, 2)',
    ],
    '/shops.features.ts': [
      "import { income } from './sales.features.ts'",
      'export const total = (income) => income.sum() //#agg',
      'export const count = ({ income: r }) => r.count() //#agg',
      'export const share = ({ income, total }) => income / total',
      'export const again = (price) => income(price, 1)',
    ],
  }

  it.each([
    ['its name', { 'function revenue': 'function $0revenue' }],
    ['a parameter in a later model', { '(revenue) => revenue.sum': '($0revenue) => revenue.sum' }],
    ['a named element of a pattern', { '{ revenue: r }': '{ rev$0enue: r }' }],
    ['a use in a body', { '(revenue) => revenue.sum': '(revenue) => $0revenue.sum' }],
    ['a name in the manifest', { '"revenue": "row"': '"$0revenue": "row"' }],
  ])('is renamed everywhere, from %s', (_, mark) => expect(changed(pipeline(mark), 'income')).toEqual(everywhere))

  it('that is given on under a name of its own changes only there', () => {
    expect(changed(pipeline({ 'const total': 'const $0total' }), 'sum')).toEqual({
      '/modeldriver.json': ['"outputs": { "turnover": "sum", "lines": "count" }'],
      '/shops.features.ts': [
        'export const sum = (revenue) => revenue.sum() //#agg',
        'export const share = ({ revenue, sum }) => revenue / sum',
      ],
    })
  })

  it('in a list of outputs keeps its place', () => {
    expect(changed(pipeline({ '["size"]': '["si$0ze"]' }), 'class_of_size')).toEqual({
      '/modeldriver.json': [expect.stringContaining('"outputs": ["class_of_size"]')],
      '/score.features.ts': [expect.stringContaining('export const class_of_size = (turnover)')],
    })
  })
})

describe('a name that the manifest gives', () => {
  it.each([
    ['from the parameter that reads it', { '(turnover) =>': '(t$0urnover) =>' }],
    ['from the manifest', { '"turnover": "total"': '"tu$0rnover": "total"' }],
  ])('an output %s', (_, mark) => {
    expect(changed(pipeline(mark), 'sum')).toEqual({
      '/modeldriver.json': ['"outputs": { "sum": "total", "lines": "count" }'],
      '/score.features.ts': ["export const size = (sum) => (sum > 100 ? 'large' : 'small') //#agg"],
    })
  })

  it('an output that stands in the rows of a model with a key', () => {
    const marks = {
      '"lines": "count"': '"part": "share"',
      '"input": "sales.rows",\n      "group_by": ["shop"],': '"input": "sales.rows", "group_by": ["shop"],',
      '"group_by": "shop", "outputs": ["size"]': '"input": "shops.rows"',
      'export const size = (turnover) => (turnover > 100': 'export const size = (pa$0rt) => (part > 100',
    }
    expect(changed(pipeline(marks), 'piece')).toEqual({
      '/modeldriver.json': ['"outputs": { "turnover": "total", "piece": "share" }'],
      '/score.features.ts': ["export const size = (piece) => (piece > 100 ? 'large' : 'small') //#agg"],
    })
    expect(changed(pipeline(marks), 'price')).toContain("'price' is already")
  })

  it('a column with `from` is renamed in place, and keeps its type', () => {
    const entry = '"quantity": { "from": "quantity", "type": "number" }'
    expect(
      changed(
        pipeline({
          '"quantity": "number"': entry.replace('quantity', 'qty'),
          'price, quantity)': 'price, qt$0y)',
          'price * quantity': 'price * qty',
        }),
        'n',
      ),
    ).toEqual({
      '/modeldriver.json': [expect.stringContaining('"n": { "from": "quantity", "type": "number" }')],
      '/sales.features.ts': ['export function revenue(price, n) {', 'return price * n'],
    })
  })

  it('a name that a later model takes in under its own', () => {
    const later = {
      '"seq": 3,': '"seq": 3, "columns": { "t": { "from": "turnover" } },',
      '(turnover) => (turnover': '(t) => (t',
    }
    expect(changed(pipeline({ ...later, '"turnover": "total"': '"$0turnover": "total"' }), 'sum')).toEqual({
      '/modeldriver.json': [
        '"outputs": { "sum": "total", "lines": "count" }',
        expect.stringContaining('"columns": { "t": { "from": "sum" } }'),
      ],
    })
    expect(changed(pipeline({ ...later, '"t": {': '"t$0": {' }), 'sum')).toEqual({
      '/modeldriver.json': [expect.stringContaining('"columns": { "sum": { "from": "turnover" } }')],
      '/score.features.ts': [expect.stringContaining('export const size = (sum) => (sum > 100')],
    })
  })
})

describe('a column of the data', () => {
  it('gets an alias in the manifest, for every model that reads it', () => {
    const { result } = rename(pipeline({ 'revenue(price, quantity)': 'revenue($0price, quantity)' }), 'unit_price')
    expect(result).toMatchObject({
      alias: {
        title: "Read column 'price' as 'unit_price'",
        explanation:
          "sales.csv is not changed: modeldriver.json says from now on under which name its column 'price' is read.",
      },
      functions: [],
    })
    expect(changed(pipeline({ 'revenue(price, quantity)': 'revenue($0price, quantity)' }), 'unit_price')).toEqual({
      '/modeldriver.json': [
        '"columns": { "quantity": "number", "sold": { "type": "date", "format": "yyyy-MM-dd" }, "unit_price": { "from": "price" } },',
      ],
      '/sales.features.ts': ['export function revenue(unit_price, quantity) {', 'return unit_price * quantity'],
      '/shops.features.ts': ['export const again = (unit_price) => revenue(unit_price, 1)'],
    })
  })

  it('whose entry has a type keeps it', () => {
    expect(changed(pipeline({ 'revenue(price, quantity)': 'revenue(price, $0quantity)' }), 'qty')).toMatchObject({
      '/modeldriver.json': [
        expect.stringContaining('"columns": { "qty": { "from": "quantity", "type": "number" }, "sold": {'),
      ],
    })
    expect(changed(pipeline({ '"sold": {': '"so$0ld": {' }), 'day')).toEqual({
      '/modeldriver.json': [
        '"columns": { "quantity": "number", "day": { "from": "sold", "type": "date", "format": "yyyy-MM-dd" } },',
      ],
    })
  })

  it('under all its spellings', () => {
    const code = `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "seq": 1, "features": ["*.features.ts"], "data": "m.csv" }] }
//- /m.features.ts
export const a = ({ 'Unit Price': price }) => price
export const b = (unit_pr$0ice) => unit_price
export const c = ({ UnitPrice }) => UnitPrice
//- /m.csv
Unit Price
1
`
    expect(changed(code, 'price')).toMatchObject({
      '/m.features.ts': [
        'export const a = ({ price: price }) => price',
        'export const b = (price) => price',
        'export const c = ({ price }) => price',
      ],
    })
    expect(rename(code, 'price').prepared).toBe('unit_price')
    expect(rename(code.replace('$0', '').replace("'Unit P", "'Unit$0 P"), 'price').prepared).toBe('Unit Price')
  })

  it('without a manifest cannot have another name', () => {
    const code = 'export const a = ($0cost) => cost\n//- /main.csv\ncost\n1'
    expect(changed(code, 'price')).toBe(
      `'cost' is a column of main.csv, and data is never changed. A modeldriver.json can give the column another name: make one with the command "ModelDriver: Create modeldriver.json".`,
    )
  })
})

describe('a project without a manifest', () => {
  const data = '\n//- /main.csv\npin,cost\n1,2\n'

  it('its key in the first comment follows', () => {
    const code = `// group_by: pin, day\nexport const day = (cost) => cost % 7\nexport const n = (day) => day.sum() //#agg${data}`
    const expected = {
      '/main.features.ts': [
        '// group_by: pin, week',
        'export const week = (cost) => cost % 7',
        'export const n = (week) => week.sum() //#agg',
      ],
    }
    expect(changed(code.replace('const day', 'const $0day'), 'week')).toEqual(expected)
    expect(changed(code.replace('pin, day', 'pin, da$0y'), 'week')).toEqual(expected)
  })

  it('a misspelt parameter is corrected in every feature', () => {
    const code = `export const a = (c$0ots) => cots\nexport const b = (cots) => cots * 2${data}`
    expect(changed(code, 'cost')).toEqual({
      '/main.features.ts': ['export const a = (cost) => cost', 'export const b = (cost) => cost * 2'],
    })
  })

  it('a feature file in two models is renamed once, and both follow', () => {
    const code = `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["both.features.ts", "a.features.ts"], "data": "a.csv" },
  { "model_name": "b", "seq": 2, "features": ["both.features.ts", "b.features.ts"], "data": "b.csv" }
] }
//- /both.features.ts
export const $0half = (x) => x / 2
//- /a.features.ts
export const quarter = (half) => half / 2
//- /b.features.ts
export const eighth = (half) => half / 4
//- /a.csv
x
1
//- /b.csv
x
1
`
    expect(changed(code, 'part')).toEqual({
      '/both.features.ts': ['export const part = (x) => x / 2'],
      '/a.features.ts': ['export const quarter = (part) => part / 2'],
      '/b.features.ts': ['export const eighth = (part) => part / 4'],
    })
  })
})

describe('across a join', () => {
  const joined = (marks: Readonly<Record<string, string>>) => {
    let text = `
//- /modeldriver.json
{ "models": [
  { "model_name": "lines", "seq": 1, "features": ["lines.features.ts"], "data": "lines.csv" },
  { "model_name": "days", "seq": 2, "features": ["days.features.ts"], "input": "lines.rows", "group_by": "day" },
  { "model_name": "hours", "seq": 3, "features": ["hours.features.ts"], "input": "lines.rows", "group_by": ["day", "hour"],
    "joins": [{ "from": "days.groups", "on": ["day"], "prefix": "day_", "columns": ["total"] },
              { "from": "shops.csv", "on": ["shop"], "prefix": "shop_" }] }
] }
//- /lines.features.ts
export const day = (at) => at.slice(0, 10)
export const hour = (at) => at.slice(11, 13)
//- /days.features.ts
export const total = (price) => price.sum() //#agg
//- /hours.features.ts
export const part = (price, day_total, shop_area) => price.sum() / day_total.first() + shop_area.first()
//- /lines.csv
at,price,shop
2025-01-01T10:00,2,a
//- /shops.csv
shop,area
a,5
`
    for (const [from, to] of Object.entries(marks)) text = text.replace(from, to)
    return text
  }

  it.each([
    ['from the function', { 'const total': 'const to$0tal' }, 'sum'],
    ['from the parameter with the prefix', { 'price, day_total': 'price, day$0_total' }, 'day_sum'],
    ['from the columns of the join', { '["total"]': '["$0total"]' }, 'sum'],
  ])('a feature keeps its prefix: %s', (_, mark, to) => {
    expect(changed(joined(mark), to)).toEqual({
      '/modeldriver.json': [expect.stringContaining('"prefix": "day_", "columns": ["sum"] }')],
      '/days.features.ts': ['export const sum = (price) => price.sum() //#agg'],
      '/hours.features.ts': [
        'export const part = (price, day_sum, shop_area) => price.sum() / day_sum.first() + shop_area.first()',
      ],
    })
  })

  it('a name that the join writes in another way follows, and so does its key', () => {
    const other = {
      '"on": ["day"], "prefix": "day_", "columns": ["total"]': '"on": ["Day"], "prefix": "day_", "columns": ["TOTAL"]',
    }
    expect(changed(joined({ ...other, 'const total': 'const to$0tal' }), 'sum')).toEqual({
      '/modeldriver.json': [expect.stringContaining('"on": ["Day"], "prefix": "day_", "columns": ["sum"] }')],
      '/days.features.ts': ['export const sum = (price) => price.sum() //#agg'],
      '/hours.features.ts': [expect.stringContaining('(price, day_sum, shop_area) => price.sum() / day_sum.first()')],
    })
  })

  it('its key follows in both tables', () => {
    expect(changed(joined({ 'const day': 'const $0day' }), 'date')).toMatchObject({
      '/modeldriver.json': [
        expect.stringContaining('"group_by": "date"'),
        expect.stringContaining('"group_by": ["date", "hour"]'),
        expect.stringContaining('"on": ["date"], "prefix": "day_"'),
      ],
      '/lines.features.ts': ['export const date = (at) => at.slice(0, 10)'],
    })
  })

  it.each([
    [
      { 'price, day_total': 'price, day$0_total' },
      'sum',
      "The join in modeldriver.json puts 'day_' before 'total', so the new name must begin with 'day_' too.",
    ],
    [
      { shop_area: '$0shop_area' },
      'shop_size',
      `'shop_area' is a column of shops.csv, and data is never changed. Only the "prefix" of the join can give its columns other names.`,
    ],
    [
      { '"on": ["shop"]': '"on": ["$0shop"]' },
      'store',
      "Model 'hours' joins shops.csv on 'shop', which both tables must call the same, and only one of them would change. Rename it by hand where the two begin.",
    ],
  ])('%j to %s', (mark, to, message) => expect(changed(joined(mark), to)).toBe(message))
})

it('a column that a table function names in its code is left to the author', () => {
  const code = (marks: Readonly<Record<string, string>>) => {
    let text = `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "seq": 1, "features": ["m.features.ts"], "data": "m.csv", "legacy_mode": true,
  "frames": { "clean": { "inputs": ["pin"], "outputs": ["key"] } } }] }
//- /m.features.ts
export function clean(df) { return df.rename({ pin: 'key' }) }
export const a = (pin, key) => pin + key
//- /m.csv
pin
1
`
    for (const [from, to] of Object.entries(marks)) text = text.replace(from, to)
    return text
  }
  expect(changed(code({ 'a = (pin, key)': 'a = (pin, $0key)' }), 'id')).toBe(
    `'key' is made by the table function 'clean', whose code names its columns itself. Change it there, and in "frames" of modeldriver.json.`,
  )
  expect(changed(code({ 'a = (pin, key)': 'a = ($0pin, key)' }), 'id')).toBe(
    "The table function 'clean' of model 'm' reads 'pin', and its code names its columns itself. Change it by hand.",
  )
})

describe('is not ours', () => {
  const code = (line: string) => `const rate = 2\nfunction helper(a) { return a }\n${line}\n//- /main.csv\ncost\n1`
  it.each([
    'export const a = (cost) => hel$0per(cost)',
    'export const a = (cost) => cost * ra$0te',
    'export const a = ({ cost: c$0 }) => c',
    'export const a = ({ cost: c }) => $0c',
    'export function a(cost) { const $0b = cost; return b }',
    'export const a = (cost) => [cost].map((cost) => co$0st)',
    'export const a = (cost) => cost // co$0st',
  ])('%s', (line) => {
    const { prepared, result } = rename(code(line), 'x')
    expect([prepared, result]).toEqual([undefined, undefined])
  })
})

describe('is refused with a reason', () => {
  const refused = (mark: Readonly<Record<string, string>>, to: string) => changed(pipeline(mark), to)
  const feature = { 'function revenue': 'function $0revenue' }

  it.each([
    [feature, 'revenue', "'revenue' is the name already."],
    [feature, ' ', 'A column or feature needs a name.'],
    [
      feature,
      'net revenue',
      "'net revenue' is not a name: letters, digits and _ make one. Choose another name for the feature.",
    ],
    [feature, 'class', "'class' is a word of the language. Choose another name for the feature."],
    [
      feature,
      '_net',
      "A function whose name begins with _ is no feature. Choose a name for 'revenue' that begins with a letter.",
    ],
    [feature, 'doubled', "'doubled' is already a feature of model 'sales'. Choose another name."],
    [
      feature,
      'price',
      "'price' is already a column of model 'sales' (from sales.csv (4 columns)). Choose another name.",
    ],
    [feature, 'total', "'total' is already a feature of model 'shops'. Choose another name."],
    [
      { '"turnover": "total"': '"$0turnover": "total"' },
      'lines',
      "'lines' is already a column of model 'score' (from shops.outputs). Choose another name.",
    ],
    [
      { 'revenue(price, quantity)': 'revenue($0price, quantity)' },
      'Unit Price',
      "'Unit Price' is not a name: letters, digits and _ make one, and 'revenue' reads the column as a parameter. Choose another name, or write 'revenue' with { … } around its inputs.",
    ],
    [
      { ...feature, 'revenue.sum()': 'revenue.map((income) => income * revenue[0]).sum()' },
      'income',
      "'income' already stands for something else where 'total' needs it (shops.features.ts, line 2). Rename that first, or choose another name.",
    ],
    [
      { ...feature, '({ revenue, total })': '({ revenue, total, vat = 1 })' },
      'vat',
      "'share' has a parameter 'vat' already, which would read this from now on. Choose another name, or rename that parameter first.",
    ],
  ])('%j to %s', (mark, to, message) => expect(refused(mark, to)).toBe(message))

  it('when only the name tells the level', () => {
    const code = (name: string) =>
      `import { work } from './lib.ts'\nexport const $0${name} = (cost) => work(cost)\n//- /main.csv\ncost\n1`
    expect(changed(code('count_days'), 'days')).toBe(
      "'count_days' is a group feature only because of its name, and 'days' would be a row feature. Write #agg in it first, or choose another name.",
    )
    expect(changed(code('days'), 'count_days')).toBe(
      "By its name 'count_days' would be taken for a group feature, and 'days' is none. Write #row in it first, or choose another name.",
    )
  })
})

it('says where functions are whose users outside of the project must follow', () => {
  const { result } = rename(pipeline({ '(revenue) => revenue.sum': '($0revenue) => revenue.sum' }), 'income')
  const functions = (result as Rename & { kind: 'edits' }).functions
  expect(functions.map(({ path }) => path)).toEqual(['/sales.features.ts'])
})
