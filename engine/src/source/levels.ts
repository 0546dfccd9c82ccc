import { type Expression, isWindowName } from '../ir/expression.ts'
import type { Feature } from '../ir/feature.ts'
import type { Level, LevelDecision, LevelRule } from '../ir/level.ts'
import { isRowWindow, rowWindowIn, withoutLets } from '../ir/windows.ts'
import { printExpression } from './print.ts'

/**
 * The level of one feature and why. The rules are asked in the order of `LevelRule`; `levelOf` answers for its inputs, `element`
 * is what the body takes of a whole column: `price[…]`.
 */
export function decideLevel(
  feature: Feature,
  levelOf: (name: string) => Level,
  kinds: Readonly<Record<string, Level>>,
  element?: string,
): LevelDecision {
  const { name, body, directives, typeLevel, frame } = feature
  if (Object.hasOwn(kinds, name)) return decision(kinds[name] as Level, 'manifest', 'modeldriver.json')
  const [directive] = directives
  if (frame) {
    const by = `table function ${frame.name}`
    return directive
      ? decision(directive.level, 'directive', `${by}, ${directive.text}`)
      : decision('row', 'default', by)
  }
  if (directive) return decision(directive.level, 'directive', directive.text)
  if (typeLevel && !typeLevel.scalar && !givesWindow(body, levelOf))
    return decision(typeLevel.level, 'type', typed(typeLevel.type))
  const asked = body.kind === 'opaque' ? (body.aggregates ?? element) : element
  if (asked !== undefined) return decision('group', 'method', evidence(asked))
  if (body.kind === 'expression') return byResult(body.expression, levelOf)

  const level = join(feature.inputs.map((input) => levelOf(input.name)))
  if (level !== 'row') return decision(level, 'result', reads(level))
  if (typeLevel) return decision('row', 'type', typed(typeLevel.type))
  const pattern = body.saysNothing && groupName(name)
  return pattern ? decision('group', 'name', `by name "${pattern}"`) : decision('row', 'default', perRow)
}

const perRow = 'one value per row'

const reads = (level: 'group' | 'constant'): string =>
  level === 'group' ? 'reads only group features' : 'reads no columns'

const evidence = (text: string): string => (text.endsWith(')') ? `calls ${text}` : `uses ${text}`)

const typed = (type: string): string => (type.endsWith('Feature') ? `declared as ${type}` : `${type} parameter`)

const decision = (level: Level, rule: LevelRule, why: string): LevelDecision => ({ level, rule, why })

function byResult(expression: Expression, levelOf: (name: string) => Level): LevelDecision {
  const inference = new Inference(levelOf)
  const level = inference.level(expression)
  if (level === 'row') {
    const isRow = (input: string): boolean => levelOf(input) === 'row'
    const window = inference.windowed && rowWindowIn(withoutLets(expression), isRow)
    if (window) return decision('row', 'result', `looks at other rows: ${shorten(printExpression(window))}`)
    // Another column as the result (`price.sort()`) can only be asked of a whole column, whatever comes of it.
    if (isColumn(expression)) return decision('group', 'result', phraseOf(expression, expression))
    return decision('row', 'result', perRow)
  }
  return decision(level, 'result', inference.aggregated ? phraseOf(expression, inference.aggregated) : reads(level))
}

/** Each value of a `Column` that looks at other rows belongs to a row: `(revenue: Column) => revenue.cumsum()`. */
const givesWindow = (body: Feature['body'], levelOf: (name: string) => Level): boolean =>
  body.kind === 'expression' && isRowWindow(withoutLets(body.expression), (input) => levelOf(input) === 'row')

/** Computes the level of an expression from its parts, and remembers the first aggregate over rows. */
class Inference {
  aggregated: Expression | undefined
  windowed = false
  private readonly locals = new Map<string, Level>()

  constructor(private readonly levelOf: (name: string) => Level) {}

  level(expression: Expression): Level {
    switch (expression.kind) {
      case 'literal':
        return 'constant'
      case 'input':
        return this.levelOf(expression.name)
      case 'local':
        return this.locals.get(expression.name) ?? 'constant'
      case 'let':
        this.locals.set(expression.name, this.level(expression.value))
        return this.level(expression.body)
      case 'unary':
        return this.level(expression.of)
      case 'binary':
      case 'compare':
      case 'logic':
        return higher(this.level(expression.left), this.level(expression.right))
      case 'if':
        return higher(this.level(expression.test), higher(this.level(expression.then), this.level(expression.else)))
      case 'call':
        return this.levelOfAll(expression.args)
      case 'aggregate': {
        const of = this.level(expression.of)
        if (of !== 'row') return higher(of, this.levelOfAll(expression.args))
        this.aggregated ??= expression
        return 'group'
      }
      case 'vector': {
        const of = this.level(expression.of)
        this.windowed ||= isWindowName(expression.name)
        if (expression.item !== undefined) this.locals.set(expression.item, of)
        return higher(of, this.levelOfAll(expression.args))
      }
    }
  }

  private levelOfAll(expressions: readonly Expression[]): Level {
    let level: Level = 'constant'
    for (const expression of expressions) level = higher(level, this.level(expression))
    return level
  }
}

/** Row if either is, else group if either is. */
function higher(a: Level, b: Level): Level {
  if (a === 'row' || b === 'row') return 'row'
  return a === 'group' || b === 'group' ? 'group' : 'constant'
}

const join = (levels: readonly Level[]): Level => levels.reduce(higher, 'constant')

function isColumn(expression: Expression): boolean {
  return expression.kind === 'vector' || (expression.kind === 'let' && isColumn(expression.body))
}

const longest = 48
const phrases = new WeakMap<Expression, string>()

/** `returns …` when the whole result is short enough to be read at a glance, else `calls …` with what made the level. */
function phraseOf(result: Expression, reason: Expression): string {
  const known = phrases.get(reason)
  if (known !== undefined) return known
  const whole = result.kind === 'let' ? undefined : printExpression(result)
  const phrase =
    whole !== undefined && whole.length <= longest ? `returns ${whole}` : `calls ${shorten(printExpression(reason))}`
  phrases.set(reason, phrase)
  return phrase
}

const shorten = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`)

const words = 'sum|total|mean|avg|average|median|min|max|std|var|count|nunique|n_unique'
const groupNames = new RegExp(`^((?:${words}|num)_)|(_(?:${words}))$`)

/** The part of a name that speaks of an aggregate, as a pattern: `count_…`, `…_mean`. */
function groupName(name: string): string | undefined {
  const match = groupNames.exec(name)
  if (!match) return undefined
  return match[1] !== undefined ? `${match[1]}…` : `…${match[2]}`
}
