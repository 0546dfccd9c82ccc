import { numbers } from '../support/numbers.ts'
import { calm } from './operations.ts'

/** A part of a feature's body, and the SQL of DuckDB that means the same. */
interface Part {
  readonly body: string
  readonly sql: string
}

export interface RandomFeature extends Part {
  /** The function's text behind its name: `(v, w) => v + w`. */
  readonly text: string
  readonly inputs: readonly string[]
}

const part = (body: string, sql = body): Part => ({ body, sql })

/** Random expressions over the columns of `rows.ts`; the same at every run. What is compared or put into a text is never missing. */
export function randomFeatures(count: number, seed: number): readonly RandomFeature[] {
  const below = numbers(seed)
  const pick = <T>(choices: readonly T[]): T => choices[below(choices.length)] as T
  const constant = (): Part => amount(pick(['0.5', '2', '3', '10', '100.25', '7']))
  let locals: Part[] = []

  function number(depth: number): Part {
    if (depth === 0) return pick([part('v'), part('w'), part('i'), constant(), ...locals])
    const a = () => number(depth - 1)
    return pick([
      () => two(a(), pick(['+', '-', '*']), a()),
      () => over(a(), constant()),
      () => over(a(), wrapped('Math.abs', 'abs', a(), ' + 1')),
      () => two(a(), '%', constant()),
      () => wrapped('-', '-', a()),
      () => wrapped('Math.abs', 'abs', a()),
      () => wrapped('Math.floor', 'floor', a()),
      () => wrapped('Math.ceil', 'ceil', a()),
      () => wrapped('Math.trunc', 'trunc', a()),
      () => wrapped('Math.sign', 'sign', a()),
      () => listed('Math.max', 'greatest', a(), a()),
      () => listed('Math.min', 'least', a(), a(), a()),
      () => listed('clip', 'clip', a(), amount('-5'), amount('50')),
      () => either(truth(depth - 1), a(), a()),
      () => present(maybe(depth - 1), a()),
      () => {
        const given = text(depth - 1)
        return amount(`${given.body}.length`, `length(${given.sql})`)
      },
      () => amount(`${pick(['year', 'month', 'day', 'quarter', 'hour'])}(${pick(['d', 'e'])})`),
      () => part('daysBetween(d, e)', '((epoch_ms(e) - epoch_ms(d)) / 86400000.0)'),
    ])()
  }

  /** A number that is missing for some rows. */
  function maybe(depth: number): Part {
    const [test, value] = [truth(depth), number(depth)]
    return part(`(${test.body} ? ${value.body} : null)`, `CASE WHEN ${test.sql} THEN ${value.sql} END`)
  }

  function truth(depth: number): Part {
    if (depth === 0) return pick([part('b'), part('c')])
    const a = () => truth(depth - 1)
    const n = () => number(depth - 1)
    return pick([
      () => two(n(), pick(['<', '<=', '>', '>=']), n()),
      () => compared(n(), pick(['===', '!==']), n()),
      () => compared(text(depth - 1), pick(['===', '!==']), text(depth - 1)),
      () => two(text(depth - 1), pick(['<', '>=']), text(depth - 1)),
      () => two(part('d'), pick(['<', '>=']), part('e')),
      () => two(a(), '&&', a(), 'AND'),
      () => two(a(), '||', a(), 'OR'),
      () => wrapped('!', 'NOT ', a()),
      () => {
        const given = text(depth - 1)
        const letter = pick(["'a'", "'x'", "'-'"])
        const [method, name] = pick([
          ['includes', 'contains'],
          ['startsWith', 'starts_with'],
          ['endsWith', 'ends_with'],
        ] as const)
        return part(`${given.body}.${method}(${letter})`, `${name}(${given.sql}, ${letter})`)
      },
      () => {
        const value = maybe(depth - 1)
        return part(`(${value.body} == null)`, `((${value.sql}) IS NULL)`)
      },
      () => part('isWeekend(d)', '(isodow(d) >= 6)'),
    ])()
  }

  function text(depth: number): Part {
    if (depth === 0) return pick([part('u'), part('u'), part("'a-b'"), part("'x'")])
    const a = () => text(depth - 1)
    return pick([
      () => two(a(), '+', a(), '||'),
      () => withNumber(a()),
      () => method(a(), 'toLowerCase()', 'lower'),
      () => method(a(), 'slice(0, 3)', 'substr', ', 1, 3'),
      () => method(a(), "replaceAll('a', 'zz')", 'replace', ", 'a', 'zz'"),
      () => either(truth(depth - 1), a(), a()),
      () => {
        const [left, right] = [a(), a()]
        return part(`\`\${${left.body}}/\${${right.body}}\``, `(${left.sql} || '/' || ${right.sql})`)
      },
    ])()
  }

  return Array.from({ length: count }, (_, at): RandomFeature => {
    locals = []
    const kind = pick([number, number, truth, text, maybe])
    const depth = 1 + (at % 4)
    const made = pick([kind, (deep: number) => withConstants(kind, deep), (deep: number) => withReturns(kind, deep)])(
      depth,
    )
    const inputs = ['v', 'w', 'i', 'b', 'c', 'u', 'd', 'e'].filter((name) =>
      new RegExp(`(?<![\\w.'])${name}(?![\\w'(])`).test(made.body),
    )
    return { ...made, inputs, text: `(${inputs.join(', ')}) => ${made.body}` }
  })

  function withConstants(kind: (depth: number) => Part, depth: number): Part {
    const first = number(depth)
    locals = [part('first_', `(${first.sql})`)]
    const second = number(depth)
    locals = [...locals, part('second_', `(${second.sql})`)]
    const made = kind(depth)
    return part(`{ const first_ = ${first.body}; const second_ = ${second.body}; return ${made.body} }`, made.sql)
  }

  function withReturns(kind: (depth: number) => Part, depth: number): Part {
    const [one, two] = [truth(depth), truth(depth)]
    const [a, b, c] = [kind(depth), kind(depth), kind(depth)]
    return part(
      `{ if (${one.body}) return ${a.body}; if (${two.body}) { return ${b.body} } else return ${c.body} }`,
      `CASE WHEN ${one.sql} THEN ${a.sql} WHEN ${two.sql} THEN ${b.sql} ELSE ${c.sql} END`,
    )
  }
}

/** A number that DuckDB would take for a whole or decimal one. */
const amount = (body: string, sql = body): Part => part(body, `CAST(${sql} AS DOUBLE)`)
const two = (a: Part, op: string, b: Part, sql = op): Part =>
  part(`(${a.body} ${op} ${b.body})`, `(${a.sql} ${sql} ${b.sql})`)
const over = (a: Part, b: Part): Part => two(a, '/', b)
const compared = (a: Part, op: '===' | '!==', b: Part): Part => two(a, op, b, op === '===' ? '=' : '<>')
const wrapped = (body: string, sql: string, a: Part, more = ''): Part =>
  part(`(${body}(${a.body})${more})`, `(${sql}(${a.sql})${more})`)
const listed = (body: string, sql: string, ...parts: readonly Part[]): Part =>
  part(`${body}(${parts.map((each) => each.body).join(', ')})`, `${sql}(${parts.map((each) => each.sql).join(', ')})`)
const either = (test: Part, a: Part, b: Part): Part =>
  part(`(${test.body} ? ${a.body} : ${b.body})`, `CASE WHEN ${test.sql} THEN ${a.sql} ELSE ${b.sql} END`)
const present = (a: Part, b: Part): Part => part(`(${a.body} ?? ${b.body})`, `coalesce(${a.sql}, ${b.sql})`)
const method = (a: Part, call: string, sql: string, more = ''): Part =>
  part(`${a.body}.${call}`, `${sql}(${a.sql}${more})`)
const withNumber = (a: Part): Part => part(`(${a.body} + i)`, `(${a.sql} || digits(i))`)

/** Random formulas of aggregates, of which nothing is compared that may be missing. */
export function randomAggregates(count: number, seed: number): readonly RandomFeature[] {
  const below = numbers(seed)
  const pick = <T>(choices: readonly T[]): T => choices[below(choices.length)] as T
  const constant = (): string => pick(['0.5', '2', '10', '100.25'])

  function aggregate(): Part {
    const column = pick(['v', 'w', 'i'])
    const [limit, factor] = [constant(), constant()]
    const [of, where] = pick([
      [column, ''],
      [`${column}.filter((each) => each > ${limit})`, ` FILTER (${column} > ${limit})`],
      [
        `${column}.filter((each) => each <= ${limit} || each > 500)`,
        ` FILTER (${column} <= ${limit} OR ${column} > 500)`,
      ],
    ] as const)
    const [mapped, value] = pick([
      [of, column],
      [`${of}.map((each) => each * ${factor})`, `${column} * ${factor}`],
      [`${of}.map((each) => Math.abs(each) + ${factor})`, `abs(${column}) + ${factor}`],
    ] as const)
    const [method, sql] = pick([
      ['mean()', `avg(${value})`],
      ['min()', `min(${value})`],
      ['max()', `max(${value})`],
      ['std()', `stddev_samp(${calm(value)})`],
      ['median()', `median(${value})`],
      ['quantile(0.75)', `quantile_cont(${value}, 0.75)`],
    ] as const)
    return pick([
      () => part(`${mapped}.${method}`, `(${sql}${where})`),
      () => part(`${mapped}.sum()`, `coalesce(sum(${value})${where}, 0)`),
      () => part(`${mapped}.count()`, `(count(${value})${where})`),
      () => part(`${mapped}.nunique()`, `(count(DISTINCT ${value})${where})`),
    ])()
  }

  function formula(depth: number): Part {
    if (depth === 0) return aggregate()
    const a = () => formula(depth - 1)
    return pick([
      () => two(a(), pick(['+', '-', '*']), a()),
      () => over(a(), wrapped('Math.abs', 'abs', a(), ' + 1')),
      () => present(a(), a()),
      () => either(two(present(a(), amount('0')), '>', present(a(), amount('1'))), a(), a()),
      a,
    ])()
  }

  return Array.from({ length: count }, (_, at): RandomFeature => {
    const made = formula(at % 4)
    const inputs = ['v', 'w', 'i'].filter((name) => new RegExp(`\\b${name}\\.`).test(made.body))
    return { ...made, inputs, text: `(${inputs.join(', ')}) => ${made.body}` }
  })
}
