import {
  type AggregateName,
  aggregateNames,
  type RollingName,
  rollingNames,
  type VectorName,
  vectorNames,
} from '../../ir/expression.ts'

/** The module whose free functions a feature file may import. */
export const libraryModule = 'modeldriver'

const aggregateSet: ReadonlySet<string> = new Set(aggregateNames)
const vectorSet: ReadonlySet<string> = new Set(vectorNames)

/** Methods of a column that give one value. `length` is a property and is told apart by what it stands on. */
export const isAggregateName = (name: string): name is AggregateName => name !== 'length' && aggregateSet.has(name)
export const isRollingName = (name: string): name is RollingName => rollingNames.some((rolling) => rolling === name)
export const isVectorName = (name: string): name is VectorName => vectorSet.has(name)

/** Methods that only lists have (text has none of them), so that their use shows a whole column. */
const listMethods: ReadonlySet<string> = new Set([
  'rolling',
  'reduce',
  'reduceRight',
  'forEach',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'flat',
  'join',
  'entries',
  'keys',
  'values',
  'reverse',
  'toSorted',
  'toReversed',
  'percentile',
  'toArray',
])
export const isColumnMethod = (name: string): boolean =>
  isAggregateName(name) || isVectorName(name) || listMethods.has(name)

/** Whether a column or any value of the language has a method of that name. */
export const isMethodName = (name: string): boolean => isColumnMethod(name) || methodNames.has(name)

const methodNames: ReadonlySet<string> = new Set(
  [
    ...[Array, Date, Map, Number, RegExp, Set, String].flatMap((type) => [type, type.prototype]),
    ...[Object, Object.prototype, Function.prototype, JSON, Math],
    ...[Intl.DateTimeFormat.prototype, Intl.NumberFormat.prototype],
  ].flatMap((owner) =>
    Object.entries(Object.getOwnPropertyDescriptors(owner)).flatMap(([name, { value }]) =>
      typeof value === 'function' ? [name] : [],
    ),
  ),
)

/** `Math` functions of the IR, by the name they have in both. */
export const mathFunctions: ReadonlySet<string> = new Set(
  'abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh exp expm1 floor fround hypot log log10 log1p log2 max min pow round sign sin sinh sqrt tan tanh trunc'.split(
    ' ',
  ),
)

export const mathConstants: Readonly<Record<string, number>> = {
  E: Math.E,
  LN10: Math.LN10,
  LN2: Math.LN2,
  LOG10E: Math.LOG10E,
  LOG2E: Math.LOG2E,
  PI: Math.PI,
  SQRT1_2: Math.SQRT1_2,
  SQRT2: Math.SQRT2,
}

export const numberConstants: Readonly<Record<string, number>> = {
  EPSILON: Number.EPSILON,
  MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER,
  MAX_VALUE: Number.MAX_VALUE,
  MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER,
  MIN_VALUE: Number.MIN_VALUE,
}

/** Methods of one text, number or date, and their names in the IR. */
export const scalarMethods: ReadonlyMap<string, string> = new Map([
  ['toLowerCase', 'text.lower'],
  ['toUpperCase', 'text.upper'],
  ['trim', 'text.trim'],
  ['trimStart', 'text.trimStart'],
  ['trimEnd', 'text.trimEnd'],
  ['includes', 'text.includes'],
  ['startsWith', 'text.startsWith'],
  ['endsWith', 'text.endsWith'],
  ['indexOf', 'text.indexOf'],
  ['lastIndexOf', 'text.lastIndexOf'],
  ['slice', 'text.slice'],
  ['substring', 'text.substring'],
  ['replace', 'text.replace'],
  ['replaceAll', 'text.replaceAll'],
  ['padStart', 'text.padStart'],
  ['padEnd', 'text.padEnd'],
  ['repeat', 'text.repeat'],
  ['concat', 'text.concat'],
  ['charAt', 'text.charAt'],
  ['charCodeAt', 'text.charCodeAt'],
  ['codePointAt', 'text.codePointAt'],
  ['at', 'text.at'],
  ['normalize', 'text.normalize'],
  ['toString', 'text.toString'],
  ['toFixed', 'text.fixed'],
  ['getUTCFullYear', 'date.year'],
  ['getUTCMonth', 'date.month'],
  ['getUTCDate', 'date.day'],
  ['getUTCDay', 'date.weekday'],
  ['getUTCHours', 'date.hour'],
  ['getUTCMinutes', 'date.minute'],
  ['getUTCSeconds', 'date.second'],
  ['getUTCMilliseconds', 'date.millisecond'],
  ['getTime', 'date.time'],
  ['toISOString', 'date.iso'],
])

/** Date getters that ask the machine's time zone: what they give is not the same everywhere. */
export const localDateMethods: ReadonlySet<string> = new Set(
  'getFullYear getMonth getDate getDay getHours getMinutes getSeconds getMilliseconds'.split(' '),
)

/** Functions of the language itself, and their names in the IR. */
export const globalFunctions: ReadonlyMap<string, string> = new Map([
  ['Number', 'number'],
  ['String', 'text'],
  ['Boolean', 'boolean'],
  ['isNaN', 'isNaN'],
  ['Number.isNaN', 'Number.isNaN'],
  ['isFinite', 'isFinite'],
  ['Number.isFinite', 'Number.isFinite'],
  ['Number.isInteger', 'isInteger'],
  ['parseFloat', 'parseFloat'],
  ['Number.parseFloat', 'parseFloat'],
  ['parseInt', 'parseInt'],
  ['Number.parseInt', 'parseInt'],
  ['Date.UTC', 'date.utc'],
])

/** Free functions of a column that have another name than the method. */
export const libraryAggregates: ReadonlyMap<string, string> = new Map([['variance', 'var']])

/** Free functions of one value that feature files import from the library, and their names in the IR. */
export const libraryFunctions: ReadonlyMap<string, string> = new Map([
  ['round', 'round'],
  ['isMissing', 'isMissing'],
  ['coalesce', 'coalesce'],
  ['clip', 'clip'],
  ['year', 'year'],
  ['month', 'month'],
  ['day', 'day'],
  ['hour', 'hour'],
  ['weekday', 'weekday'],
  ['isoWeek', 'isoWeek'],
  ['quarter', 'quarter'],
  ['isWeekend', 'isWeekend'],
  ['daysBetween', 'daysBetween'],
  ['monthsBetween', 'monthsBetween'],
])

/** Everything for values that can be imported from the library. */
export const libraryNames: ReadonlySet<string> = new Set([
  ...aggregateNames.filter((name) => name !== 'length' && name !== 'var'),
  ...libraryAggregates.keys(),
  ...libraryFunctions.keys(),
])

/** Everything that can be imported from the library. */
export const importableNames: ReadonlySet<string> = new Set([...libraryNames, 'Column', 'row', 'agg', 'feature'])
