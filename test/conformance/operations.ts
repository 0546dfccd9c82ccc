import { blanks, type Difference, halves, lastDays, logic, notFinite, sharpS, textOrder, units } from './differences.ts'
import type { Row } from './rows.ts'

/** What a feature's body means, and the SQL of DuckDB that says the same of present values. */
export interface Operation {
  readonly body: string
  readonly sql: string
  /** Inputs that may be missing; others make the result missing. */
  readonly accepts?: string
  /** Where DuckDB says otherwise, and may. */
  readonly differs?: Difference<Row>
}

const row = (body: string, sql = body, accepts = ''): Operation => ({ body, sql, accepts })
const unlike = (differs: Difference<Row>, body: string, sql = body, accepts = ''): Operation => ({
  body,
  sql,
  accepts,
  differs,
})

/** Per row. A result that is not finite is missing. */
export const rowOperations: readonly Operation[] = [
  row('x + y'),
  row('x - y'),
  row('x * y'),
  unlike(notFinite, '(x / y)', 'CASE WHEN isfinite(x / y) THEN x / y ELSE 0 END'),
  row('x / y', 'CASE WHEN y = 0 THEN NULL ELSE x / y END'),
  row('v % w'),
  row('x ** i', 'CASE WHEN x = 0 AND i < 0 THEN NULL ELSE pow(x, i) END'),
  row('-v'),
  row('(v + w) * 2 - v / (w + 1)'),
  row('Math.abs(x)', 'abs(x)'),
  row('Math.floor(v)', 'floor(v)'),
  row('Math.ceil(v)', 'ceil(v)'),
  row('Math.trunc(v)', 'trunc(v)'),
  row('Math.round(v)', 'floor(v + 0.5)'),
  row('round(v, 1)', 'floor(CAST(v AS DECIMAL(18, 6)) * 10 + 0.5) / 10'),
  unlike(halves, 'round(i / 2)'),
  row('Math.sign(x)', 'sign(x)'),
  row('Math.sqrt(v)', 'CASE WHEN v >= 0 THEN sqrt(v) END'),
  row('Math.cbrt(v)', 'cbrt(v)'),
  row('Math.exp(i)', 'exp(i)'),
  row('Math.log(v)', 'CASE WHEN v > 0 THEN ln(v) END'),
  row('Math.log10(w)', 'log10(w)'),
  row('Math.log2(w)', 'log2(w)'),
  row('Math.sin(v) + Math.cos(v)', 'sin(v) + cos(v)'),
  row('Math.atan2(v, w)', 'atan2(v, w)'),
  row('Math.max(v, w, i)', 'greatest(v, w, i)'),
  row('Math.min(v, w)', 'least(v, w)'),
  row('clip(v, -100, 100)', 'least(greatest(v, -100), 100)'),
  row('x < y'),
  row('x >= y'),
  row('x === y', 'x = y'),
  row('x !== y', 'x <> y'),
  row('b && c', 'b AND c'),
  row('b || c', 'b OR c'),
  unlike(logic, 'c && b', 'c AND b', 'b c'),
  unlike(logic, 'c || b', 'c OR b', 'b c'),
  row('!b', 'NOT b'),
  row('b ? v : w', 'CASE WHEN b THEN v ELSE w END'),
  row("v > 500 ? 'high' : v > 0 ? 'low' : null", "CASE WHEN v > 500 THEN 'high' WHEN v > 0 THEN 'low' END"),
  row('v ?? 0', 'coalesce(v, 0)', 'v'),
  row('v ?? w', 'coalesce(v, w)', 'v w'),
  row('coalesce(v, w, i)', 'coalesce(v, w, i)', 'v w i'),
  row('x === null', 'x IS NULL', 'x'),
  row('isMissing(t) ? 1 : 2', 'CASE WHEN t IS NULL THEN 1 ELSE 2 END', 't'),
  row('v == null ? -1 : v * 2', 'CASE WHEN v IS NULL THEN -1 ELSE v * 2 END', 'v'),
  row('(v > 0 ? v : null) ?? -1', 'coalesce(CASE WHEN v > 0 THEN v END, -1)'),
  row('t + u', 't || u'),
  row("t + '/' + i", "t || '/' || CAST(CAST(i AS INTEGER) AS VARCHAR)"),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a feature
  row('`${t}: ${b}`', "t || ': ' || CAST(b AS VARCHAR)"),
  row('t === u', 't = u'),
  unlike(textOrder, 't < u'),
  unlike(sharpS, 't.toUpperCase()', 'upper(t)'),
  row('t.toLowerCase()', 'lower(t)'),
  unlike(blanks, 't.trim()', 'trim(t)'),
  unlike(units, 't.length', 'length(t)'),
  unlike(units, 't.slice(0, 3)', 'substr(t, 1, 3)'),
  unlike(units, 't.slice(-2)', 'right(t, 2)'),
  unlike(units, 't.substring(1, 4)', 'substr(t, 2, 3)'),
  row("t.includes('a')", "contains(t, 'a')"),
  row("t.startsWith('a')", "starts_with(t, 'a')"),
  row("t.endsWith('x')", "ends_with(t, 'x')"),
  row("t.replaceAll('a', 'zz')", "replace(t, 'a', 'zz')"),
  row("t.split('-')[1]", "CASE WHEN len(string_split(t, '-')) > 1 THEN string_split(t, '-')[2] END"),
  unlike(units, "t.padStart(6, '0')", "CASE WHEN length(t) >= 6 THEN t ELSE lpad(t, 6, '0') END"),
  row("t.indexOf('a')", "strpos(t, 'a') - 1"),
  row('t.repeat(2)', 'repeat(t, 2)'),
  row('year(d) * 100 + month(d)', 'year(d) * 100 + month(d)'),
  row('day(d)'),
  row('weekday(d)', 'isodow(d)'),
  row('isoWeek(d)', 'weekofyear(d)'),
  row('quarter(d)'),
  row('hour(d)'),
  row('isWeekend(d)', 'isodow(d) >= 6'),
  row('d.getUTCDay()', 'dayofweek(d)'),
  row('d.getUTCMonth()', 'month(d) - 1'),
  row('d < e'),
  row('daysBetween(d, e)', '(epoch_ms(e) - epoch_ms(d)) / 86400000.0'),
  row('(e - d) / 3600000', '(epoch_ms(e) - epoch_ms(d)) / 3600000.0'),
  row('monthsBetween(d, e)', 'CASE WHEN e >= d THEN months(d, e) ELSE -months(e, d) END'),
  unlike(lastDays, 'monthsBetween(e, d)', "datesub('month', e, d)"),
]

/** Functions that the SQL above calls. */
export const macros = [
  `CREATE MACRO in_month(t) AS epoch_ms(t) - epoch_ms(date_trunc('month', t))`,
  'CREATE MACRO months(a, b) AS (year(b) - year(a)) * 12 + month(b) - month(a) - CASE WHEN in_month(b) < in_month(a) THEN 1 ELSE 0 END',
]

/** Per row, of the rows with the same key in their order. */
export const windowOperations: readonly Operation[] = [
  row('v.cumsum()', 'CASE WHEN v IS NOT NULL THEN sum(v) OVER (own ROWS UNBOUNDED PRECEDING) END'),
  row('v.lag(1)', 'lag(v) OVER own'),
  row('t.lag(2)', 'lag(t, 2) OVER own'),
  row('b.lead(1)', 'lead(b) OVER own'),
  row('d.lag(1)', 'lag(d) OVER own'),
  row('v.diff()', 'v - lag(v) OVER own'),
  row('v / v.sum() + w.lag(1)', 'v / sum(v) OVER (PARTITION BY k) + lag(w) OVER own'),
  row(
    'v.rank()',
    'CASE WHEN v IS NOT NULL THEN rank() OVER (PARTITION BY k ORDER BY v) + (count(*) OVER (PARTITION BY k, v) - 1) / 2.0 END',
  ),
  row(
    'd.rank()',
    'CASE WHEN d IS NOT NULL THEN rank() OVER (PARTITION BY k ORDER BY d) + (count(*) OVER (PARTITION BY k, d) - 1) / 2.0 END',
  ),
  row('v.rolling(3).sum()', 'coalesce(sum(v) OVER (own ROWS 2 PRECEDING), 0)'),
  row('v.rolling(3).mean()', 'avg(v) OVER (own ROWS 2 PRECEDING)'),
  row('v.rolling(5).min()', 'min(v) OVER (own ROWS 4 PRECEDING)'),
  row('d.rolling(4).max()', 'max(d) OVER (own ROWS 3 PRECEDING)'),
  row('v.rolling(4).std()', 'stddev_samp(v) OVER (own ROWS 3 PRECEDING)'),
  row('v.rolling(9).var()', 'var_samp(v) OVER (own ROWS 8 PRECEDING)'),
  row('v.rolling(7).median()', 'quantile_cont(v, 0.5) OVER (own ROWS 6 PRECEDING)'),
  row('v.rolling(3).count()', 'count(v) OVER (own ROWS 2 PRECEDING)'),
  row(
    'v.rolling(3, 3).mean()',
    'CASE WHEN count(v) OVER (own ROWS 2 PRECEDING) = 3 THEN avg(v) OVER (own ROWS 2 PRECEDING) END',
  ),
  row('v.map((each) => each * 2).lag(1)', 'lag(v * 2) OVER own'),
  row(
    'v.where(b).cumsum()',
    'CASE WHEN b AND v IS NOT NULL THEN sum(CASE WHEN b THEN v END) OVER (own ROWS UNBOUNDED PRECEDING) END',
  ),
]

const differentTexts = 'list(DISTINCT t) FILTER (t IS NOT NULL)'

/** Per group, of the groups in the order of their key. */
export const orderedOperations: readonly Operation[] = [
  row('v.sum().lag(1)', 'lag(coalesce(sum(v), 0)) OVER keys'),
  row('v.mean().cumsum()', 'CASE WHEN avg(v) IS NOT NULL THEN sum(avg(v)) OVER (keys ROWS UNBOUNDED PRECEDING) END'),
  row('v.mean().rolling(3).mean()', 'avg(avg(v)) OVER (keys ROWS 2 PRECEDING)'),
  row('v.max().rolling(4).median()', 'quantile_cont(max(v), 0.5) OVER (keys ROWS 3 PRECEDING)'),
  row('v.previous().mean()', 'lag(avg(v)) OVER keys'),
  row('t.previous(2).nunique()', 'lag(count(DISTINCT t), 2, 0) OVER keys'),
  row(
    't.unique().filter((each) => t.previous().includes(each)).length',
    `coalesce(len(list_intersect(${differentTexts}, lag(${differentTexts}) OVER keys)), 0)`,
  ),
  row('v.count() - v.count().lead(1)', 'count(v) - lead(count(v)) OVER keys'),
]

const group = (body: string, sql: string): Operation => ({ body, sql })

/** Per group. `r` counts the rows, `p` is the place of a row in its group. */
export const groupOperations: readonly Operation[] = [
  group('v.sum()', 'coalesce(sum(v), 0)'),
  group('v.mean()', 'avg(v)'),
  group('x.min()', 'min(x)'),
  group('x.max()', 'max(x)'),
  group('x.count()', 'count(x)'),
  group('x.length', 'count(*)'),
  group('v.std()', 'stddev_samp(v)'),
  group('v.var()', 'var_samp(v)'),
  group('v.cov(w)', 'covar_samp(v, w)'),
  group('v.corr(w)', 'corr(v, w)'),
  group('v.median()', 'quantile_cont(v, 0.5)'),
  group('v.quantile(0.9)', 'quantile_cont(v, 0.9)'),
  group(
    'i.mode()',
    'map_keys(histogram(i))[list_position(map_values(histogram(i)), list_max(map_values(histogram(i))))]',
  ),
  group('t.nunique()', 'count(DISTINCT t)'),
  group('x.nunique()', 'count(DISTINCT x + 0.0)'),
  group('v.first()', 'first(v ORDER BY r) FILTER (v IS NOT NULL)'),
  group('t.last()', 'last(t ORDER BY r) FILTER (t IS NOT NULL)'),
  group('u.min()', 'min(u)'),
  group('u.max()', 'max(u)'),
  group('b.any()', 'bool_or(b)'),
  group('b.all()', 'bool_and(b)'),
  group('b.sum()', 'coalesce(sum(CAST(b AS INTEGER)), 0)'),
  group('b.mean()', 'avg(CAST(b AS INTEGER))'),
  group('d.min()', 'min(d)'),
  group('d.max()', 'max(d)'),
  group('v.argmax()', 'arg_max(p, v)'),
  group('v.argmin()', 'arg_min(p, v)'),
  group('v.sum() / v.count()', 'CASE WHEN count(v) > 0 THEN sum(v) / count(v) END'),
  group('v.max() - v.min()', 'max(v) - min(v)'),
  group('v.corr(w) ** 2', 'corr(v, w) ** 2'),
  group('v.cov(w) / v.var()', 'CASE WHEN var_samp(v) > 0 THEN covar_samp(v, w) / var_samp(v) END'),
  group('w.first() == null ? -1 : v.sum()', 'CASE WHEN count(w) = 0 THEN -1 ELSE coalesce(sum(v), 0) END'),
  group('(d.max() - d.min()) / 86400000', "date_diff('millisecond', min(d), max(d)) / 86400000.0"),
  group("t.first() ?? 'none'", "coalesce(first(t ORDER BY r) FILTER (t IS NOT NULL), 'none')"),
  group('v.mean() ?? 0', 'coalesce(avg(v), 0)'),
  group('v.filter((each) => each > 0).mean()', 'avg(v) FILTER (v > 0)'),
  group('v.map((each) => each * 2).sum()', 'coalesce(sum(v * 2), 0)'),
  group('v.filter(b).sum()', 'coalesce(sum(v) FILTER (b), 0)'),
  group('t.unique().length', 'count(DISTINCT t)'),
  group('v.lag(1).sum()', 'coalesce(sum(lag_v), 0)'),
  group('v.lead(2).mean()', 'avg(lead_v)'),
  group('v.diff().max()', 'max(v - lag_v)'),
  group('v.sort().first()', 'min(v)'),
  group('v.rolling(3).mean().max()', 'max(rolling_mean)'),
  group('v.rolling(4, 4).std().sum()', 'coalesce(sum(rolling_std), 0)'),
  group('v.cumsum().last()', 'CASE WHEN count(v) > 0 THEN sum(v) END'),
]
