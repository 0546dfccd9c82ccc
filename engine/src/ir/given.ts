import type { ColumnUse } from './sites.ts'

/** How many values an aggregate, or a look at other rows, takes between its parentheses; absent for what takes functions or lists. */
export const takes: ReadonlyMap<string, number> = new Map([
  ...'sum mean min max count std var median mode nunique first last any all argmin argmax cumsum rank unique'
    .split(' ')
    .map((method) => [method, 0] as const),
  ...'cov corr quantile lag lead diff previous'.split(' ').map((method) => [method, 1] as const),
  ['rolling', 2],
])

/** What is given to a method that does not take it, and would be ignored: a sentence. */
export function superfluousText({ input, superfluous }: ColumnUse): string | undefined {
  if (!superfluous) return undefined
  const { method, given, isFunction } = superfluous
  const count = takes.get(method) ?? 0
  const most = count === 0 ? 'nothing' : count === 1 ? 'one value' : `${count} values`
  const before = isFunction ? (insteadOfFunction.get(method) ?? 'map') : undefined
  const todo = !before
    ? ''
    : before === 'some' || before === 'every'
      ? ` Write ${input}.${before}(${given}).`
      : ` Write ${input}.${before}(${given}).${method}().`
  return `'${method}' takes ${most} between its parentheses, so ${given} would be ignored.${todo}`
}

/** The method that takes the function. */
const insteadOfFunction: ReadonlyMap<string, string> = new Map([
  ['count', 'filter'],
  ['first', 'filter'],
  ['last', 'filter'],
  ['any', 'some'],
  ['all', 'every'],
])
