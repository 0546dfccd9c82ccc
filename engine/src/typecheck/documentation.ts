/** What a function or a method of columns gives, said to whoever writes a feature: hover, completion and `docs/functions.md` show it. */
export interface Documentation {
  readonly does: string
  /** x₁ … xₙ are the present values in row order. */
  readonly formula: string
  /** Where the formula is from, and who computes the same. */
  readonly source: string
}

const says = (does: string, formula: string, source: string): Documentation => ({ does, formula, source })

const mean = says(
  'Mean of the present values; of true/false the share that is true, of dates their mean instant. Missing when there is none.',
  '(x₁ + … + xₙ) / n',
  'arithmetic mean; pandas `mean`, numpy `nanmean`, DuckDB `avg`',
)
const sum = says(
  'Sum of the present values, of true/false how many are true; 0 when there is none.',
  'x₁ + … + xₙ, added in row order',
  'pandas `sum`, numpy `nansum`, DuckDB `sum`',
)
const count = says('Number of present values.', 'n', 'pandas `count`, DuckDB `count(x)`')
const std = says(
  'Sample standard deviation; missing for fewer than two values.',
  '√(Σ (xᵢ − mean)² / (n − 1))',
  'sample standard deviation; pandas `std`, numpy `nanstd(ddof=1)`, DuckDB `stddev_samp`',
)
const variance = says(
  'Sample variance; missing for fewer than two values.',
  'Σ (xᵢ − mean)² / (n − 1), in two passes: first the mean, then the squares',
  'sample variance; pandas `var`, numpy `nanvar(ddof=1)`, DuckDB `var_samp`',
)
const cov = says(
  'Sample covariance with another column over the rows that have both values; missing for fewer than two of them.',
  'Σ (xᵢ − mean x) · (yᵢ − mean y) / (n − 1), over the n rows where both are present, with running means (Welford 1962)',
  'sample covariance; pandas `cov`, numpy `cov`, DuckDB `covar_samp`',
)
const corr = says(
  "Pearson's correlation with another column, from -1 to 1, over the rows that have both values. Missing for fewer than two of them, and where one column does not vary.",
  'Σ (xᵢ − mean x) · (yᵢ − mean y) / √(Σ (xᵢ − mean x)² · Σ (yᵢ − mean y)²)',
  'product-moment correlation (Pearson 1895); pandas `corr`, numpy `corrcoef`, DuckDB `corr`',
)
const min = says(
  'The smallest present value; text by its characters, dates by time. Missing when there is none.',
  'x with x ≤ xᵢ for every i',
  'pandas `min`, numpy `nanmin`, DuckDB `min`',
)
const max = says(
  'The largest present value; text by its characters, dates by time. Missing when there is none.',
  'x with x ≥ xᵢ for every i',
  'pandas `max`, numpy `nanmax`, DuckDB `max`',
)
const median = says(
  'The value in the middle of the sorted present values, of an even number the mean of the two in the middle. Missing when there is none.',
  'quantile(0.5)',
  'pandas `median`, numpy `nanmedian`, DuckDB `median`',
)
const quantile = says(
  'The value below which the share `p` (0 to 1) of the present values lies, with linear interpolation. Missing when there is none.',
  's[k] + (s[k + 1] − s[k]) · (h − k), where s is sorted from s[0], h = (n − 1) · p, k = ⌊h⌋',
  'type 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages (1996); pandas `quantile`, numpy `nanquantile`, DuckDB `quantile_cont`',
)
const mode = says(
  'The most frequent present value, of equally frequent ones the smallest. Missing when there is none.',
  'smallest x for which #{i : xᵢ = x} is largest',
  'pandas `mode().iloc[0]`, DuckDB `mode`',
)
const nunique = says(
  'Number of different present values; -0 and 0 are one.',
  '#{x₁, …, xₙ}',
  'pandas `nunique`, DuckDB `count(DISTINCT x)`',
)
const first = says(
  'The first present value in row order. Missing when there is none.',
  'x₁',
  'pandas `groupby().first`, DuckDB `first(x ORDER BY row) FILTER (x IS NOT NULL)`',
)
const last = says(
  'The last present value in row order. Missing when there is none.',
  'xₙ',
  'pandas `groupby().last`, DuckDB `last(x ORDER BY row) FILTER (x IS NOT NULL)`',
)
const any = says(
  'Whether one of the present values is true, which 0 and empty text are not. Missing when there is none.',
  'x₁ ∨ … ∨ xₙ',
  'DuckDB `bool_or`, pandas `any`',
)
const all = says(
  'Whether every present value is true, which 0 and empty text are not. Missing when there is none.',
  'x₁ ∧ … ∧ xₙ',
  'DuckDB `bool_and`, pandas `all`',
)
const argmin = says(
  'Index of the smallest present value, of the first one when there are several: `city[price.argmin()]`. Missing when there is none.',
  'first i with column[i] = min()',
  'pandas `argmin`, numpy `nanargmin`',
)
const argmax = says(
  'Index of the largest present value, of the first one when there are several: `city[price.argmax()]`. Missing when there is none.',
  'first i with column[i] = max()',
  'pandas `argmax`, numpy `nanargmax`',
)

const asArrays = (method: string) => `JavaScript \`Array.prototype.${method}\``

/** The members of a column. What they skip or give is `undefined` where it is missing. */
export const columnDocumentation: Readonly<Record<string, Documentation>> = {
  length: says('Number of elements, missing ones included.', 'number of rows', 'pandas `len`, DuckDB `count(*)`'),
  sum,
  mean,
  count,
  std,
  var: variance,
  cov,
  corr,
  min,
  max,
  median,
  quantile,
  mode,
  nunique,
  first,
  last,
  any,
  all,
  argmin,
  argmax,
  map: says(
    'What the function gives for each element. It is not called for a missing one, unless it tests for missing ones.',
    'f(column[i])',
    'pandas `map(f, na_action="ignore")`',
  ),
  where: says(
    'The elements where the mask is true or the function gives true, elsewhere `other`: a value, or a column of the same length (default: missing).',
    'mask[i] ? column[i] : other[i]',
    'pandas `where`',
  ),
  cumsum: says(
    'At each element the sum so far; missing at a missing element, which the sums after it skip.',
    'Σ present column[j], j ≤ i',
    'pandas `cumsum`',
  ),
  rolling: says(
    'A window for each element: it and up to `n - 1` before it, so the first windows are shorter. Its `sum`, `mean`, `min`, `max`, `std`, `var`, `median` and `count` are those of a column of these elements: `revenue.rolling(3).mean()`. A window with fewer than `atLeast` present elements (default 0) gives nothing.',
    'column[max(0, i − n + 1)] … column[i]',
    'SQL `ROWS BETWEEN n - 1 PRECEDING AND CURRENT ROW`, pandas `rolling(n, min_periods=1)`, of `sum` `min_periods=0`; `rolling(n, n)` is pandas `rolling(n)`. Variances of joined parts: Chan, Golub and LeVeque, Updating Formulae and a Pairwise Algorithm for Computing Sample Variances (1979)',
  ),
  lag: says(
    'The element `n` places before (default 1), missing at the beginning.',
    'column[i − n]',
    'pandas `shift(n)`, DuckDB `lag(x, n)`',
  ),
  lead: says(
    'The element `n` places after (default 1), missing at the end.',
    'column[i + n]',
    'pandas `shift(-n)`, DuckDB `lead(x, n)`',
  ),
  diff: says(
    'Each element less the one `n` places before (default 1); of dates in milliseconds.',
    'column[i] − column[i − n]',
    'pandas `diff(n)`, DuckDB `x - lag(x, n)`',
  ),
  rank: says(
    'Rank of each element from 1 for the smallest; equal ones share the mean of their ranks. Missing elements have none.',
    '#{j : xⱼ < x} + (#{j : xⱼ = x} + 1) / 2',
    'pandas `rank(method="average")`',
  ),
  filter: says(
    'The elements for which the mask is true or the function gives true.',
    'column[i] for every i with mask[i]',
    'pandas `series[mask]`',
  ),
  sort: says(
    "The elements in ascending order, or 'descending', or by a comparison as arrays have it. Missing ones stand last, equal ones keep their order.",
    's[0] ≤ s[1] ≤ …',
    'pandas `sort_values(kind="stable")`',
  ),
  unique: says(
    'The different present values in order of first appearance.',
    '{x₁, …, xₙ}',
    'pandas `dropna().unique()`',
  ),
  slice: says(
    'Elements from index `from` up to, not including, `to`; negative ones count from the end.',
    'column[from], …, column[to − 1]',
    `${asArrays('slice')}, pandas \`iloc[from:to]\``,
  ),
  previous: says(
    'The values of the group `n` before (default 1) in the order of the model (`group_order`), apart by the keys that it leaves out; none before the first group. Asked of an input itself: `customer_id.previous().includes(id)`.',
    'column of the group n places before',
    'SQL: a join with the rows whose key stands n places before',
  ),
  at: says(
    'The element at an index, negative ones counted from the end; `undefined` for a missing one and outside.',
    'column[i], or column[length + i] for i < 0',
    `${asArrays('at')}, pandas \`iloc[i]\``,
  ),
  toArray: says('The elements as an array.', '[column[0], column[1], …]', 'pandas `to_list`'),
  values: says('The elements, to loop over.', 'column[0], column[1], …', asArrays('values')),
  entries: says('Indices and elements, to loop over.', '[0, column[0]], [1, column[1]], …', asArrays('entries')),
  '[Symbol.iterator]': says(
    'The elements, to loop over: `for (const x of column)`. Missing ones come as `undefined`.',
    'column[0], column[1], …',
    'JavaScript `Array.prototype[Symbol.iterator]`',
  ),
  forEach: says(
    'Calls the function for each element; not for a missing one, unless it tests for missing ones.',
    'f(column[0]), f(column[1]), …',
    asArrays('forEach'),
  ),
  reduce: says(
    'Combines the present values from the first to the last, beginning with `initial` where it is given. Missing when there is nothing.',
    'f(… f(f(initial, x₁), x₂) …, xₙ)',
    `${asArrays('reduce')} over the present values`,
  ),
  some: says('Whether the function gives true for a present value.', 'f(x₁) ∨ … ∨ f(xₙ)', asArrays('some')),
  every: says('Whether the function gives true for every present value.', 'f(x₁) ∧ … ∧ f(xₙ)', asArrays('every')),
  find: says(
    'The first present value for which the function gives true; missing when there is none.',
    'first xᵢ with f(xᵢ)',
    asArrays('find'),
  ),
  findIndex: says(
    'Index of the first present value for which the function gives true; -1 when there is none.',
    'first i with f(column[i])',
    asArrays('findIndex'),
  ),
  includes: says(
    'Whether an element is this value; dates are the same when their time is.',
    'column[i] = value for some i',
    `${asArrays('includes')}, pandas \`isin\``,
  ),
  indexOf: says(
    'Index of the first element that is this value; -1 when there is none.',
    'first i with column[i] = value',
    asArrays('indexOf'),
  ),
  join: says(
    'The elements as one text, with a separator between them (default: a comma); a missing one is empty.',
    'column[0] + separator + column[1] + …',
    asArrays('join'),
  ),
}

const inUtc = 'Of a missing or invalid date it is missing.'

/** The functions that feature files import from the library. */
export const functionDocumentation: Readonly<Record<string, Documentation>> = {
  Column: says(
    'The values of one input for the rows of one group, in row order. `Column.from([1, 2, null])` makes one from plain values, to try a group feature by hand.',
    'column[0], column[1], …',
    'pandas `Series`',
  ),
  sum,
  mean,
  std,
  variance,
  cov,
  corr,
  median,
  quantile,
  mode,
  first,
  last,
  count,
  nunique,
  any,
  all,
  argmin,
  argmax,
  min: says(
    `${min.does} Of several numbers \`min(a, b)\` is the smallest, missing when one of them is.`,
    min.formula,
    `${min.source}; of several numbers numpy \`minimum\`, JavaScript \`Math.min\``,
  ),
  max: says(
    `${max.does} Of several numbers \`max(a, b)\` is the largest, missing when one of them is.`,
    max.formula,
    `${max.source}; of several numbers numpy \`maximum\`, JavaScript \`Math.max\``,
  ),
  year: says(`The year, in UTC. ${inUtc}`, 'yyyy of yyyy-MM-dd', 'ISO 8601; pandas `dt.year`, DuckDB `year`'),
  month: says(
    `The month from 1 for January to 12, in UTC. ${inUtc}`,
    'MM of yyyy-MM-dd',
    'ISO 8601; pandas `dt.month`, DuckDB `month`',
  ),
  day: says(
    `The day of the month from 1, in UTC. ${inUtc}`,
    'dd of yyyy-MM-dd',
    'ISO 8601; pandas `dt.day`, DuckDB `day`',
  ),
  weekday: says(
    `The day of the week from 1 for Monday to 7 for Sunday, in UTC. ${inUtc}`,
    '(whole days since Monday 1969-12-29) mod 7 + 1',
    'ISO 8601; pandas `isoweekday`, DuckDB `isodow`',
  ),
  hour: says(`The hour from 0 to 23, in UTC. ${inUtc}`, 'HH of HH:mm', 'ISO 8601; pandas `dt.hour`, DuckDB `hour`'),
  quarter: says(
    `The quarter from 1 to 4, in UTC. ${inUtc}`,
    '⌊(month − 1) / 3⌋ + 1',
    'pandas `dt.quarter`, DuckDB `quarter`',
  ),
  isWeekend: says(`Whether it is a Saturday or Sunday, in UTC. ${inUtc}`, 'weekday ≥ 6', 'pandas `dt.dayofweek >= 5`'),
  isoWeek: says(
    `The week from 1 to 53, in UTC: weeks begin on Monday, and week 1 holds the year's first Thursday. ${inUtc}`,
    '⌊(day of the year of the week’s Thursday − 1) / 7⌋ + 1',
    'ISO 8601; pandas `isocalendar().week`, DuckDB `weekofyear`',
  ),
  daysBetween: says(
    'Days from one date to the other, with the part of a day; negative when the other is earlier. Missing when one is.',
    '(to − from) / 24 h',
    'pandas `(to - from) / Timedelta(days=1)`',
  ),
  monthsBetween: says(
    'Whole calendar months from one date to the other; negative when the other is earlier. 31 January to 28 February is 0, to 1 March 1. Missing when one is.',
    '12 · (year of to − year of from) + month of to − month of from, less 1 where to stands earlier in its month than from',
    'calendar of ISO 8601; DuckDB `datesub`, dateutil `relativedelta`',
  ),
  isMissing: says(
    'Whether a value is missing: null, undefined, NaN, infinite, or an invalid date.',
    'x is no value',
    'pandas `isna`',
  ),
  coalesce: says(
    'The first value that is not missing.',
    'first present argument',
    'SQL `coalesce`, pandas `combine_first`',
  ),
  round: says(
    'Rounded to `digits` places after the point (default 0; negative ones before it), halves up: `round(2.5)` is 3, `round(-2.5)` is -2, `round(1.005, 2)` is 1.01. Missing stays missing.',
    '⌊x · 10ᵈ + ½⌋ / 10ᵈ, worked out with the decimal digits that x is written with',
    'JavaScript `Math.round`, numpy `round`, DuckDB `round`',
  ),
  clip: says(
    'The value, but at least `low` and at most `high`; a missing limit does not limit. Missing stays missing.',
    'min(max(x, low), high)',
    'pandas `clip`, numpy `clip`',
  ),
  row: says(
    'Says that a feature has one value per row: `export const net = row((price) => price / 1.19)`.',
    'f',
    'as the marker `#row`',
  ),
  agg: says(
    'Says that a feature has one value per group: `export const total = agg((price) => price.sum())`.',
    'f',
    'as the marker `#agg`',
  ),
  feature: says(
    'Says that a function is a feature; its level is found as that of any other.',
    'f',
    'as an exported function',
  ),
}

/** As Markdown: what it does, the formula, where it is from. */
export const documentationText = ({ does, formula, source }: Documentation): string =>
  `${does}\n\nFormula: ${formula}\n\nSource: ${source}`

/** Declarations with a documentation comment before each that has one. */
export function documented(declarations: string, documentation: Readonly<Record<string, Documentation>>): string {
  return declarations.replace(declaration, (line: string, indent: string, name: string) => {
    const own = Object.hasOwn(documentation, name) ? documentation[name] : undefined
    if (!own) return line
    const comment = documentationText(own).replace(/^/gm, `${indent} * `).replaceAll(' * \n', ' *\n')
    return `${indent}/**\n${comment}\n${indent} */\n${line}`
  })
}

const declaration = /^([ ]*)(?:export function |readonly )?(\w+|\[Symbol\.\w+\])(?=[(<:]).*$/gm
