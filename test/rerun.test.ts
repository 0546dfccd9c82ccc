import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cell, type Table } from '@modeldriver/engine'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { portable } from '../runner/src/files/disk.ts'
import { createCache } from '../runner/src/run/cache.ts'
import { createMemory } from '../runner/src/run/memory.ts'
import { createSession } from '../runner/src/run/session.ts'
import { type ProjectRun, runProject } from '../runner/src/run.ts'

// After any edits a run that takes columns of earlier ones gives what a fresh run gives, and computes only what it has not seen.

const folder = portable(mkdtempSync(join(tmpdir(), 'modeldriver rerun ')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What can be edited. Every choice is a number: which of the texts below, or what stands in them. */
interface State {
  readonly revenue: number
  readonly margin: number
  readonly scaled: number
  readonly total: number
  readonly spread: number
  readonly share: number
  readonly growth: number
  readonly running: number
  readonly rate: number
  readonly table: number
  readonly helper: number
  readonly module: number
  readonly json: number
  readonly data: number
  readonly joined: number
  readonly layout: number
  readonly key: number
  readonly order: number
  readonly level: number
  readonly outputs: number
  readonly format: number
}

/** The bodies of features, each with what it uses beside its inputs. */
interface Choice {
  readonly text: string
  readonly uses: readonly (keyof State)[]
}
const body = (text: string, ...uses: (keyof State)[]): Choice => ({ text, uses })

const bodies: Readonly<Record<string, { readonly inputs: string; readonly choices: readonly Choice[] }>> = {
  revenue: {
    inputs: 'qty, price',
    choices: [
      body('qty * price'),
      body('price * qty'),
      body('qty * price * RATE', 'rate'),
      body('qty > 3 ? null : qty'),
    ],
  },
  margin: {
    inputs: 'revenue, shop_rent',
    choices: [
      body('revenue - shop_rent'),
      body('(shop_rent ?? 0) + TABLE[1]', 'table'),
      body('Date.now() > 0 ? revenue : 0'),
    ],
  },
  scaled: {
    inputs: 'revenue',
    choices: [
      body('scale(revenue)', 'module'),
      body('twice(revenue)', 'helper'),
      body('revenue * rates.vat', 'json'),
      body('fail(revenue)'),
    ],
  },
  total: {
    inputs: 'revenue',
    choices: [body('revenue.sum()'), body('revenue.max()'), body('revenue.count() * RATE', 'rate')],
  },
  spread: {
    inputs: 'scaled',
    choices: [
      body('{ //#agg\n  let all = 0\n  for (const each of scaled) all += each ?? 1\n  return all\n}'),
      body('{ //#agg\n  return scaled.filter((each) => each > RATE).length\n}', 'rate'),
    ],
  },
  share: { inputs: 'revenue, total', choices: [body('revenue / total'), body('twice(revenue) / total', 'helper')] },
  growth: {
    inputs: 'total',
    choices: [body('total / total.lag(1) - 1'), body('total.cumsum()'), body('total + TABLE[0]', 'table')],
  },
  running: {
    inputs: 'revenue',
    choices: [body('revenue.cumsum()'), body('revenue.rolling(2).mean()'), body('revenue + 1')],
  },
}

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T
const choiceOf = (state: State, name: string): Choice =>
  pick((bodies[name] as { choices: readonly Choice[] }).choices, state[name as keyof State])

function filesOf(state: State): Readonly<Record<string, string>> {
  const space = ['', ' ', '\n    '][state.layout % 3]
  const features = Object.entries(bodies).map(([name, { inputs }]) => {
    const { text } = choiceOf(state, name)
    const result = text.startsWith('{') ? text : `{${space} return ${text}${space} }`
    return `/** Number ${state.layout}. */\nexport function ${name}(${inputs}) ${result}\n`
  })
  const model = {
    model_name: 'sales',
    features: ['sales.features.ts'],
    data: 'orders.csv',
    group_by: [pick(['day', 'shop'], state.key)],
    group_order: pick(['day', 'shop'], state.key + state.order),
    joins: [{ from: 'shops.csv', on: 'shop', prefix: 'shop_' }],
    ...(state.level % 2 === 1 && { kinds: { margin: 'row' } }),
    ...(state.outputs % 3 > 0 && {
      outputs: pick(
        [
          ['total', 'growth'],
          ['growth', 'spread', 'share'],
        ],
        state.outputs,
      ),
    }),
    ...(state.format % 2 === 1 && { columns: { price: { type: 'number' } } }),
  }
  const rows = [0, 1, 2, 3, 4, 5].map((row) => {
    const changed = (state.data * (row + 3)) % 5
    return `${1 + (row % 3)},${row % 2 ? 'a' : 'b'},${changed === 4 ? '' : changed},${row + 0.5},${state.layout}`
  })
  return {
    'modeldriver.json': JSON.stringify({ models: [model, { model_name: 'later', features: ['later.features.ts'] }] }),
    'sales.features.ts': `import { scale } from './scaling'\nimport rates from './rates.json'
const RATE = ${1 + (state.rate % 3)}
const TABLE = [0, ${state.table % 3}]
const twice = (x) => x * ${2 + (state.helper % 2)}
function fail(x) { throw new Error('no') }
${features.join('\n')}`,
    'later.features.ts': 'export const after = (total) => total * 10\n',
    'scaling.ts': `const factor = ${1 + (state.module % 3)} // ${state.layout}\nexport const scale = (x) => x * factor\n`,
    'rates.json': `{ "vat": ${1 + (state.json % 2)} }`,
    'orders.csv': `day,shop,qty,price,note\n${rows.join('\n')}\n`,
    'shops.csv': `shop,rent\na,${1 + (state.joined % 3)}\nb,5\n`,
  }
}

const cells = (table: Table | undefined, name: string) => {
  const column = table?.columns.get(name)
  return column && [column.type, Array.from({ length: table?.length ?? 0 }, (_, row) => cell(column, row))]
}
const allCells = (table: Table | undefined) =>
  table && [...table.columns.keys()].map((name) => [name, cells(table, name)])

/** Everything that a run gives, but for times and what was kept. */
const resultOf = ({ models, problems }: ProjectRun) => ({
  problems: problems.map(({ message }) => message),
  models: models.map(({ plan, result, failures }) => ({
    model: plan.model,
    rows: allCells(result.rows),
    groups: allCells(result.groups),
    outputs: allCells(result.outputs),
    failures: [...failures].map(([name, { message, line }]) => [name, message, line]),
    reports: result.report.features.map(({ feature, type, count, missing, how }) => [
      feature,
      type,
      count,
      missing,
      how,
    ]),
  })),
})

/** What each feature that has a result was computed from, by its cells, worked out from a fresh run. */
function originsOf({ models }: ProjectRun, state: State): ReadonlyMap<string, string> {
  const origins = new Map<string, string>()
  for (const { plan, result, failures, analysed } of models)
    for (const { feature, level, inputs } of plan.steps) {
      if (failures.has(feature)) continue
      const at = { row: result.rows, group: result.groups, constant: undefined }
      const read = inputs.map(({ name, source }) => [name, source, source === 'absent' ? '' : cells(at[source], name)])
      const { text, uses } = bodies[feature] ? choiceOf(state, feature) : body('total * 10')
      const used = uses.map((name) => meaningOf(state, name))
      const isOfGroups = level === 'group' || inputs.some(({ source }) => source === 'group')
      const looks = /lag|cumsum|rolling|for \(/.test(text)
      const keys = isOfGroups || looks ? plan.groupBy?.map((name) => cells(result.rows, name)) : []
      const order = looks
        ? [plan.groupBy, plan.groupOrder, plan.groupOrder?.map((name) => cells(result.groups, name))]
        : []
      const own = [feature, text, used, level, read, keys, order, analysed.model.name]
      origins.set(feature, JSON.stringify(own))
    }
  return origins
}

/** Of what a body uses, the part that matters. */
const meaningOf = (state: State, name: keyof State): number =>
  state[name] % (name === 'helper' || name === 'json' ? 2 : 3)

/** Gives another value each time as far as anybody can know. */
const isUnsteady = (state: State, name: string) => bodies[name] && choiceOf(state, name).text.includes('Date.now')

let projects = 0
async function sequence(states: readonly State[], isTricky: boolean): Promise<void> {
  const root = `${folder}/${projects++}`
  mkdirSync(root)
  const project = `${root}/modeldriver.json`
  const warm = createSession(createMemory())
  const seen = new Set<string>()
  const onDisk = () => {
    const cache = createCache(`${root}/.cache`, ['test'])
    return createSession(createMemory(cache), cache.dataOf)
  }
  for (const state of states) {
    for (const [name, text] of Object.entries(filesOf(state))) {
      writeFileSync(`${root}/${name}`, text)
      if (isTricky) utimesSync(`${root}/${name}`, 1, 1)
    }
    const run = (session = createSession()) => runProject({ project, session, allFeatures: true })
    const fresh = await run()
    const again = await run(warm)
    const fromDisk = await run(onDisk())
    expect(resultOf(again)).toEqual(resultOf(fresh))
    expect(resultOf(fromDisk)).toEqual(resultOf(fresh))
    const origins = originsOf(fresh, state)
    const expected = [...origins].filter(([name, origin]) => seen.has(origin) && !isUnsteady(state, name))
    expect(keptIn(again)).toEqual(expected.map(([name]) => name))
    expect(keptIn(fromDisk)).toEqual(keptIn(again))
    for (const origin of origins.values()) seen.add(origin)
  }
  rmSync(root, { recursive: true })
}

const keptIn = ({ models }: ProjectRun) =>
  models.flatMap(({ result }) => result.report.features.flatMap(({ feature, isKept }) => (isKept ? feature : [])))

const names: readonly (keyof State)[] = [
  ...(Object.keys(bodies) as (keyof State)[]),
  ...(['rate', 'table', 'helper', 'module', 'json', 'data', 'joined', 'layout'] as const),
  ...(['key', 'order', 'level', 'outputs', 'format'] as const),
]
const start = Object.fromEntries(names.map((name) => [name, 0])) as unknown as State
const edits = fc.array(
  fc.array(fc.record({ name: fc.constantFrom(...names), to: fc.nat(5) }), { minLength: 1, maxLength: 3 }),
  { minLength: 1, maxLength: 8 },
)

test('after any edits, in memory and on disk', async () => {
  await fc.assert(
    fc.asyncProperty(edits, fc.boolean(), async (rounds, isTricky) => {
      const states = [start]
      for (const round of rounds) {
        const changed = Object.fromEntries(round.map(({ name, to }) => [name, to]))
        states.push({ ...(states.at(-1) as State), ...changed })
      }
      await sequence(states, isTricky)
    }),
    { numRuns: 10, endOnFailure: true },
  )
}, 120_000)
