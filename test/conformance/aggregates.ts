import type { Column } from '@modeldriver/engine'

type Any = Column<never>
type Numbers = Column<number>

/** A value of each kind that some columns have, to look for; as `oracle.py` has it. */
export const probes = { number: 3, text: 'a', boolean: true, date: Date.parse('2024-02-29') } as const

/** A member of columns with its arguments, named as in `oracle.py`, and the SQL of DuckDB that asks the same of `x` in the order of `p`. */
export interface ColumnOperation {
  readonly name: string
  readonly kinds: readonly Kind[]
  readonly ours: (column: Any, probe: never) => unknown
  readonly sql?: string
}

export type Kind = 'number' | 'text' | 'boolean' | 'date'

const every: readonly Kind[] = ['number', 'text', 'boolean', 'date']
const amounts: readonly Kind[] = ['number', 'boolean']
const distances: readonly Kind[] = ['number', 'date']

const on =
  (kinds: readonly Kind[]) =>
  (name: string, ours: ColumnOperation['ours'], sql?: string): ColumnOperation => ({
    name,
    kinds,
    ours,
    ...(sql !== undefined && { sql }),
  })

const ofAll = on(every)
const ofNumbers = on(['number'])
const one = (aggregate: string): string => `SELECT ${aggregate} AS answer FROM t`
const each = (expression: string): string => `SELECT ${expression} AS answer FROM t ORDER BY p`
const present = (sql: string): string => `${sql} FILTER (x IS NOT NULL)`
/** The other column of `cov` and `corr`: the values one place before. */
const before = (column: Any): Numbers => (column as Numbers).lag()
const beside = (aggregate: string): string =>
  one(aggregate).replace('FROM t', 'FROM (SELECT x, lag(x) OVER (ORDER BY p) AS y FROM t)')
const mask = (column: Any): boolean[] => Array.from({ length: column.length }, (_, at) => at % 3 !== 1)
const ranked = 'CASE WHEN x IS NOT NULL THEN rank() OVER (ORDER BY x) + (count(*) OVER (PARTITION BY x) - 1) / 2 END'
const apart = (n: number): string => `amount(x) - lag(amount(x), ${n}) OVER (ORDER BY p)`
const rollingNames = ['sum', 'mean', 'min', 'max', 'std', 'var', 'median', 'count'] as const
const rollingSql: Readonly<Record<(typeof rollingNames)[number], string>> = {
  sum: 'sum(x)',
  mean: 'avg(x)',
  min: 'min(x)',
  max: 'max(x)',
  std: 'stddev_samp(x)',
  var: 'var_samp(x)',
  median: 'quantile_cont(x, 0.5)',
  count: 'count(x)',
}
const larger = (value: number): boolean => value > 2

/** What `forEach` calls the function with. */
function called(column: Any): unknown[] {
  const values: unknown[] = []
  column.forEach((value) => void values.push(value))
  return values
}

export const columnOperations: readonly ColumnOperation[] = [
  ofAll('length', (c) => c.length, one('count(*)')),
  ofAll('count', (c) => c.count(), one('count(x)')),
  ofAll('nunique', (c) => c.nunique(), one('count(DISTINCT x)')),
  ofAll('min', (c) => c.min(), one('min(x)')),
  ofAll('max', (c) => c.max(), one('max(x)')),
  ofAll('mode', (c) => c.mode(), one('mode(x)')),
  ofAll('first', (c) => c.first(), one(present('first(x ORDER BY p)'))),
  ofAll('last', (c) => c.last(), one(present('last(x ORDER BY p)'))),
  ofAll('argmin', (c) => c.argmin(), one('arg_min(p, x ORDER BY p)')),
  ofAll('argmax', (c) => c.argmax(), one('arg_max(p, x ORDER BY p)')),
  on(['number', 'text', 'boolean'])('any', (c) => c.any()),
  on(['number', 'text', 'boolean'])('all', (c) => c.all()),
  on(['boolean'])('any', (c) => c.any(), one('bool_or(x)')),
  on(['boolean'])('all', (c) => c.all(), one('bool_and(x)')),
  on(amounts)('sum', (c) => c.sum(), one('sum(x)')),
  on(amounts)('mean', (c) => c.mean(), one('avg(CAST(x AS DOUBLE))')),
  on(['date'])('mean', (c) => c.mean(), one('avg(x)')),
  ofNumbers('std', (c) => c.std(), one('stddev_samp(x)')),
  ofNumbers('var', (c) => c.var(), one('var_samp(x)')),
  ofNumbers('cov', (c) => c.cov(before(c)), beside('covar_samp(x, y)')),
  ofNumbers('corr', (c) => c.corr(before(c)), beside('corr(x, y)')),
  on(distances)('median', (c) => c.median(), one('median(x)')),
  ...[0, 0.1, 0.25, 0.5, 0.9, 1].map((p) =>
    on(distances)(`quantile(${p})`, (c) => c.quantile(p), one(`quantile_cont(x, ${p})`)),
  ),
  ofAll('unique', (c) => c.unique(), 'SELECT x AS answer FROM t WHERE x IS NOT NULL GROUP BY x ORDER BY min(p)'),
  ofAll('sort', (c) => c.sort(), 'SELECT x AS answer FROM t ORDER BY x NULLS LAST, p'),
  ofAll(
    'sort(fn)',
    (c) => c.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    'SELECT x AS answer FROM t ORDER BY x NULLS LAST, p',
  ),
  ofAll("sort('descending')", (c) => c.sort('descending'), 'SELECT x AS answer FROM t ORDER BY x DESC NULLS LAST, p'),
  ofAll('lag(1)', (c) => c.lag(), each('lag(x) OVER (ORDER BY p)')),
  ofAll('lag(2)', (c) => c.lag(2), each('lag(x, 2) OVER (ORDER BY p)')),
  ofAll('lead(1)', (c) => c.lead(), each('lead(x) OVER (ORDER BY p)')),
  ofAll('rank', (c) => c.rank(), each(ranked)),
  on(distances)('diff', (c) => c.diff(), each(apart(1))),
  on(distances)('diff(2)', (c) => c.diff(2), each(apart(2))),
  ofNumbers('cumsum', (c) => c.cumsum(), each('sum(x) OVER (ORDER BY p)')),
  ...rollingNames.map((name) =>
    ofNumbers(
      `rolling(3).${name}`,
      (c) => (c as Numbers).rolling(3)[name](),
      each(`${rollingSql[name]} OVER (ORDER BY p ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)`),
    ),
  ),
  ofNumbers(
    'rolling(4, 4).mean',
    (c) => (c as Numbers).rolling(4, 4).mean(),
    each('CASE WHEN count(x) OVER four = 4 THEN avg(x) OVER four END').replace(
      'ORDER BY p',
      'WINDOW four AS (ORDER BY p ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) ORDER BY p',
    ),
  ),
  ofNumbers('map', (c) => c.map((x: number) => x * 2), each('x * 2')),
  ofAll('filter', (c) => c.filter(mask(c)), 'SELECT x AS answer FROM t WHERE p % 3 <> 1 ORDER BY p'),
  ofAll(
    'filter(fn)',
    (c) => c.filter((_, at) => at % 3 !== 1),
    'SELECT x AS answer FROM t WHERE x IS NOT NULL AND p % 3 <> 1 ORDER BY p',
  ),
  ofAll('where', (c) => c.where(mask(c)), each('CASE WHEN p % 3 <> 1 THEN x END')),
  ofAll(
    'slice(1, -1)',
    (c) => c.slice(1, -1),
    'SELECT x AS answer FROM t WHERE p > 0 AND p < (SELECT max(p) FROM t) ORDER BY p',
  ),
  ofAll('at(-1)', (c) => c.at(-1), one('last(x ORDER BY p)')),
  ofAll('toArray', (c) => c.toArray(), each('x')),
  ofAll('values', (c) => [...c.values()], each('x')),
  ofAll('entries', (c) => [...c.entries()].map(([, x]) => x), each('x')),
  ofAll('[Symbol.iterator]', (c) => [...c], each('x')),
  ofAll('forEach', (c) => called(c), 'SELECT x AS answer FROM t WHERE x IS NOT NULL ORDER BY p'),
  ofNumbers('reduce', (c) => (c as Numbers).reduce((a, b) => Math.max(a, b)), one('max(x)')),
  ofNumbers('some', (c) => c.some(larger), one('coalesce(bool_or(x > 2), false)')),
  ofNumbers('every', (c) => c.every((x: number) => x > 0), one('coalesce(bool_and(x > 0), true)')),
  ofNumbers('find', (c) => c.find(larger), one('first(x ORDER BY p) FILTER (x > 2)')),
  ofNumbers('findIndex', (c) => c.findIndex(larger), one('coalesce(min(p) FILTER (x > 2), -1)')),
  ofAll('includes', (c, probe) => c.includes(probe), one('coalesce(bool_or(x = probe()), false)')),
  ofAll('indexOf', (c, probe) => c.indexOf(probe), one('coalesce(min(p) FILTER (x = probe()), -1)')),
  on(['text'])('join', (c) => c.join(), one("coalesce(string_agg(coalesce(x, ''), ',' ORDER BY p), '')")),
]
