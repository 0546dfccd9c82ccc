import { Column, readDelimited, rowOf } from '@modeldriver/engine'
import { round, weekday } from '@modeldriver/engine/functions'
import { ModelDriver } from '@modeldriver/runner'
import { op, table } from 'arquero'
import { columnDifferences, halves, notFinite, units } from './differences.ts'

/**
 * Differences of single answers: what the suite says to DuckDB in other words so that it computes what we do, and what pandas and Arquero
 * compute otherwise where features come from.
 */
export interface SingleDifference {
  readonly says: string
  readonly ours: () => unknown
  readonly is: unknown
  /** SQL, and what it gives. */
  readonly DuckDB?: Answers
  /** Python with pandas and numpy, as `oracle.py` asks it, and what it gives. */
  readonly pandas?: Answers
  readonly Arquero?: readonly (readonly [() => unknown, unknown])[]
}

type Answers = Readonly<Record<string, unknown>>

/** DuckDB gives no answer. */
export const stops = 'an error'

/** What a feature in code makes of a column `x`. */
function made(call: (x: never) => unknown, x: readonly unknown[]): unknown {
  const model = new ModelDriver({ model_name: 'm' }).registerFilter(call, 'made')
  return model.execute(table({ x })).output.array('made')
}

const read = (text: string): unknown => {
  const { table: rows } = readDelimited(text, { formats: {}, columns: {} })
  return Array.from({ length: rows.length }, (_, row) => rowOf(rows, row).a)
}

const sunday = new Date('2024-06-02')

export const singleDifferences: readonly SingleDifference[] = [
  {
    says: '`Math.log(0)`, `Math.sqrt(-1)` and `Math.acos(2)` are missing; DuckDB stops with an error, numpy gives infinity or NaN.',
    ours: () => [Math.log(0), Math.sqrt(-1), Math.acos(2)],
    is: [null, null, null],
    DuckDB: { 'ln(0)': stops, 'sqrt(-1)': stops, 'acos(2)': stops },
    pandas: { 'np.isinf(np.log(0))': true, 'np.isnan(np.sqrt(-1))': true, 'np.isnan(np.arccos(2))': true },
  },
  {
    says: '`Number(text)` of a blank text is 0, and of one that is no number missing; DuckDB stops with an error.',
    ours: () => made((x: string) => Number(x), ['', ' ', 'x', '2']),
    is: [0, 0, null, 2],
    DuckDB: { "CAST('' AS DOUBLE)": stops, "CAST(' ' AS DOUBLE)": stops, "CAST('x' AS DOUBLE)": stops },
  },
  {
    says: 'A whole number in a text has no point: `String(2)` is `2`; DuckDB (`CAST`) and pandas (`astype(str)`) write `2.0`.',
    ours: () => made((x: number) => String(x), [2]),
    is: ['2'],
    DuckDB: { 'CAST(2.0::DOUBLE AS VARCHAR)': '2.0' },
    pandas: { 'pd.Series([2.0]).astype(str)': ['2.0'] },
  },
  {
    says: 'A comparison with a missing value is missing, since the function is not called, as in DuckDB; in pandas it is False.',
    ours: () => made((x: number) => x > 5, [null, 6]),
    is: [null, true],
    DuckDB: { 'NULL > 5': null },
    pandas: { 'pd.Series([None, 6.0]) > 5': [false, true] },
  },
  {
    says: notFinite.says,
    ours: () => [made((x: number) => 1 / x, [0, 2]), Column.from([1, 1]).corr(Column.from([1, 2]))],
    is: [[null, 0.5], null],
    DuckDB: {
      '1::DOUBLE / 0': Number.POSITIVE_INFINITY,
      '(SELECT corr(x, y) FROM (VALUES (1, 1), (1, 2)) t(x, y))': Number.NaN,
    },
    pandas: {
      'np.isinf(pd.Series([1.0]) / 0)': [true],
      'np.isnan(pd.Series([1.0, 1.0]).corr(pd.Series([1.0, 2.0])))': true,
    },
  },
  {
    says: halves.says,
    ours: () => [Math.round(2.5), Math.round(-2.5), round(2.675, 2)],
    is: [3, -2, 2.68],
    DuckDB: { 'round(2.5::DOUBLE)': 3, 'round(-2.5::DOUBLE)': -3 },
    pandas: { 'round(2.5)': 2, 'round(2.675, 2)': 2.67, 'np.round(2.5)': 2 },
  },
  {
    says: units.says,
    ours: () => '😀'.length,
    is: 2,
    DuckDB: { "length('😀')": 1 },
    pandas: { "len('😀')": 1 },
  },
  {
    says: columnDifferences[0]?.says ?? '',
    ours: () => [Column.from<boolean>([]).any(), Column.from<boolean>([]).all()],
    is: [null, null],
    pandas: { 'any([])': false, 'all([])': true },
  },
  {
    says: '`first` and `last` skip missing values, as those of pandas do in groups; those of DuckDB do not.',
    ours: () => Column.from<number>([null, 3]).first(),
    is: 3,
    DuckDB: { '(SELECT first(x ORDER BY p) FROM (VALUES (1, NULL), (2, 3)) t(p, x))': null },
  },
  {
    says: '`unique` has no missing value; `unique` of pandas and `DISTINCT` of DuckDB have one.',
    ours: () => Column.from<number>([1, null]).unique(),
    is: [1],
    DuckDB: { '(SELECT count(*) FROM (SELECT DISTINCT x FROM (VALUES (1), (NULL)) t(x)))': 2 },
    pandas: { 'pd.Series([1.0, None]).unique()': [1, null] },
  },
  {
    says: '`rolling(n)` has values from the first row on, as windows of DuckDB; that of pandas from `n` present ones on, where no `min_periods` is said.',
    ours: () => Column.from([1, 2]).rolling(2).mean(),
    is: [1, 1.5],
    DuckDB: {
      '(SELECT min(m) FROM (SELECT avg(x) OVER (ORDER BY x ROWS 1 PRECEDING) AS m FROM (VALUES (1), (2)) t(x)))': 1,
    },
    pandas: { 'pd.Series([1.0, 2.0]).rolling(2).mean()': [null, 1.5] },
  },
  {
    says: '`map` and its kin call their function with a missing value only where it tests for one; `map` of pandas does where no `na_action` is said.',
    ours: () => Column.from<number>([null, 1]).map(() => 7),
    is: [null, 7],
    pandas: { 'pd.Series([None, 1.0]).map(lambda x: 7)': [7, 7] },
  },
  {
    says: '`rank` gives equal values the mean of their places, as pandas; `rank()` of DuckDB the first of them.',
    ours: () => Column.from([5, 5]).rank(),
    is: [1.5, 1.5],
    DuckDB: { '(SELECT max(p) FROM (SELECT rank() OVER (ORDER BY x) AS p FROM (VALUES (5), (5)) t(x)))': 1 },
    pandas: { 'pd.Series([5.0, 5.0]).rank()': [1.5, 1.5] },
  },
  {
    says: '`join` has an empty text where a value is missing; DuckDB (`string_agg`) and pandas (`str.cat`) leave it out.',
    ours: () => Column.from(['a', null, 'b']).join(),
    is: 'a,,b',
    DuckDB: { "(SELECT string_agg(x, ',' ORDER BY p) FROM (VALUES (1, 'a'), (2, NULL), (3, 'b')) t(p, x))": 'a,b' },
    pandas: { "pd.Series(['a', None, 'b']).str.cat(sep=',')": 'a,b' },
  },
  {
    says: '`weekday` counts from Monday, 1 to 7, as `isodow` of DuckDB; `weekday` of DuckDB counts from Sunday, 0 to 6, and that of pandas from Monday, 0 to 6.',
    ours: () => weekday(sunday),
    is: 7,
    DuckDB: { "isodow(DATE '2024-06-02')": 7, "weekday(DATE '2024-06-02')": 0 },
    pandas: { "pd.Timestamp('2024-06-02').weekday()": 6 },
  },
  {
    says: '`NA`, `n/a` and `None` in a file are texts unless the manifest says `missing`, as in DuckDB; `read_csv` of pandas takes them, and some others, for missing.',
    ours: () => read('a\nNA\nn/a\nNone\nx\n'),
    is: ['NA', 'n/a', 'None', 'x'],
    pandas: { "pd.read_csv(io.StringIO('a\\nNA\\nn/a\\nNone\\nx\\n')).a": [null, null, null, 'x'] },
  },
  {
    says: 'Inside a table function Arquero computes: `op.sum` of nothing is missing, `x / 0` is infinite, and rows without a key are a group of `groupby`; between features they are 0, missing and no group.',
    ours: () => [Column.from<number>([null]).sum(), made((x: number) => 1 / x, [0, 2]), groups()],
    is: [0, [null, 0.5], 1],
    Arquero: [
      [
        () =>
          table({ x: [undefined] })
            .rollup({ s: op.sum('x') })
            .get('s'),
        undefined,
      ],
      [
        () =>
          table({ x: [0] })
            .derive({ s: (d: { x: number }) => 1 / d.x })
            .get('s'),
        Number.POSITIVE_INFINITY,
      ],
      [
        () =>
          table({ k: ['a', undefined] })
            .groupby('k')
            .count()
            .numRows(),
        2,
      ],
    ],
  },
]

/** How many groups two rows make, one of them without its key. */
function groups(): number | undefined {
  const model = new ModelDriver({ model_name: 'm', group_by: 'k' }).registerAttribute(
    (x: Column<number>) => x.sum(),
    's',
  )
  return model.execute(table({ k: ['a', null], x: [1, 2] })).attributes?.numRows()
}
