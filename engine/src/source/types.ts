import { type Aggregate, type Binary, type Call, type Expression, isWindowName, type Vector } from '../ir/expression.ts'
import type { Feature } from '../ir/feature.ts'
import type { ValueType } from '../ir/values.ts'

export interface InputTypes {
  /** `missing`: an optional input that is not there. */
  typeOf(name: string): ValueType | 'missing' | undefined
  /** The feature gets all rows of a group of it, as a `Column`. */
  isWhole(name: string): boolean
  /** The feature is not called where it is missing. */
  isPresent(name: string): boolean
}

/** The type of a feature's values, from its expression; undefined when that does not say it. */
export function typeOfFeature({ body }: Pick<Feature, 'body'>, types: InputTypes): ValueType | undefined {
  if (body.kind !== 'expression') return undefined
  const kind = new Typing(types).scalar(body.expression)
  return kind === 'missing' ? undefined : kind
}

/** `missing`: always null. Undefined: not known, or no value of a column. */
type Kind = ValueType | 'missing' | undefined

interface Local {
  readonly kind: Kind
  readonly whole: boolean
  readonly present: boolean
}

class Typing {
  private readonly locals = new Map<string, Local>()

  constructor(private readonly inputs: InputTypes) {}

  /** What an expression is as one value; a whole column is none. */
  scalar(expression: Expression): Kind {
    switch (expression.kind) {
      case 'literal':
        return kindOfLiteral(expression.value)
      case 'input':
      case 'local':
        return this.isWhole(expression) ? undefined : this.element(expression)
      case 'let':
        this.bind(expression.name, expression.value)
        return this.scalar(expression.body)
      case 'unary':
        return expression.op === '!' ? 'boolean' : sameNumber(this.scalar(expression.of))
      case 'binary':
        return this.binary(expression)
      case 'compare':
        return 'boolean'
      case 'logic':
        return join(this.scalar(expression.left), this.scalar(expression.right))
      case 'if':
        return join(this.scalar(expression.then), this.scalar(expression.else))
      case 'call':
        return this.isWhole(expression) ? undefined : this.call(expression)
      case 'aggregate':
        return this.aggregate(expression)
      case 'vector':
        return this.isWhole(expression) ? undefined : this.vector(expression)
    }
  }

  /** What the values of a column are, or the one value that stands where a column should. */
  private element(expression: Expression): Kind {
    if (expression.kind === 'input') return this.inputs.typeOf(expression.name)
    if (expression.kind === 'local') return this.locals.get(expression.name)?.kind
    if (expression.kind === 'logic') return join(this.element(expression.left), this.element(expression.right))
    if (expression.kind === 'if') return join(this.element(expression.then), this.element(expression.else))
    if (expression.kind === 'call') return this.call(expression)
    return expression.kind === 'vector' ? this.vector(expression) : this.scalar(expression)
  }

  /** Never null or undefined. */
  private isPresent(expression: Expression): boolean {
    switch (expression.kind) {
      case 'literal':
        return expression.value !== null
      case 'input':
        return this.inputs.isPresent(expression.name)
      case 'local':
        return this.locals.get(expression.name)?.present ?? false
      case 'let':
        return this.isPresent(expression.body)
      case 'logic': {
        const left = this.isPresent(expression.left)
        const right = this.isPresent(expression.right)
        return expression.op === 'coalesce' ? left || right : left && right
      }
      case 'if':
        return this.isPresent(expression.then) && this.isPresent(expression.else)
      case 'call':
        return callTypes.has(expression.name) && !mayGiveNothing.has(expression.name)
      case 'aggregate':
      case 'vector':
        return false
      default:
        return true
    }
  }

  private isWhole(expression: Expression): boolean {
    switch (expression.kind) {
      case 'input':
        return this.inputs.isWhole(expression.name)
      case 'local':
        return this.locals.get(expression.name)?.whole ?? false
      case 'logic':
        return this.isWhole(expression.left) || this.isWhole(expression.right)
      case 'if':
        return this.isWhole(expression.then) || this.isWhole(expression.else)
      case 'call': {
        const { name, args } = expression
        return (name === 'coalesce' || name === 'text.slice') && args.some((arg) => this.isWhole(arg))
      }
      case 'vector':
        // Of one value per group they give one value per group.
        return this.isWhole(expression.of) || !isWindowName(expression.name)
      default:
        return false
    }
  }

  private bind(name: string, value: Expression): void {
    this.locals.set(name, { kind: this.element(value), whole: this.isWhole(value), present: this.isPresent(value) })
  }

  private binary({ op, left, right }: Binary): Kind {
    const kinds = [this.scalar(left), this.scalar(right)]
    if (op === '+') {
      // A date is added as text. Where nothing stands in a text's place, numbers are added.
      if (kinds.some(isAddedAsText))
        return [left, right].some((side, i) => isAddedAsText(kinds[i]) && this.isPresent(side)) ? 'string' : undefined
      if (kinds.includes(undefined)) return undefined
    }
    const staysWhole = op === '+' || op === '-' || op === '*' || op === '%'
    return staysWhole && kinds.every(isWholeNumber) ? 'integer' : 'number'
  }

  private call({ name, args }: Call): Kind {
    const [first] = args
    // A column has these methods too.
    if ((name === 'text.at' || name === 'text.slice') && first && this.isWhole(first)) return this.element(first)
    const given = integerWhenGiven.has(name) || name === 'coalesce' ? args.map((arg) => this.scalar(arg)) : []
    if (name === 'coalesce') return given.reduce(join, 'missing')
    if (name === 'clip') return given.every((kind) => isNumeric(kind)) ? given.map(sameNumber).reduce(join) : undefined
    if (integerWhenGiven.has(name)) return given.every(isWholeNumber) ? 'integer' : 'number'
    if (name === 'round') return args.length === 1 ? 'integer' : 'number'
    return callTypes.get(name)
  }

  private aggregate({ name, of }: Aggregate): Kind {
    const kind = this.element(of)
    switch (name) {
      case 'count':
      case 'nunique':
      case 'length':
      case 'argmin':
      case 'argmax':
        return 'integer'
      case 'any':
      case 'all':
        return 'boolean'
      case 'std':
      case 'var':
      case 'cov':
      case 'corr':
        return 'number'
      case 'sum':
        return isWholeNumber(kind) ? 'integer' : 'number'
      case 'mean':
      case 'median':
      case 'quantile':
        return isInstant(kind) ? 'datetime' : kind && 'number'
      default:
        return kind
    }
  }

  private vector({ name, of, args, item }: Vector): Kind {
    const kind = this.element(of)
    const [argument] = args
    if (item !== undefined) this.locals.set(item, { kind, whole: false, present: false })
    switch (name) {
      case 'map':
        return argument && this.scalar(argument)
      case 'where':
        return args[1] ? join(kind, this.element(args[1])) : kind
      case 'diff':
        return isWholeNumber(kind) || isInstant(kind) ? 'integer' : 'number'
      case 'cumsum':
        return isWholeNumber(kind) ? 'integer' : 'number'
      case 'rank':
      case 'rolling.std':
      case 'rolling.var':
        return 'number'
      case 'rolling.count':
        return 'integer'
      case 'rolling.sum':
        return isWholeNumber(kind) ? 'integer' : 'number'
      case 'rolling.mean':
      case 'rolling.median':
        return isInstant(kind) ? 'datetime' : kind && 'number'
      default:
        return kind
    }
  }
}

function kindOfLiteral(value: number | string | boolean | null): Kind {
  if (value === null || Number.isNaN(value)) return 'missing'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'string' ? 'string' : 'boolean'
}

/** What a value is that may be either. Truth values among numbers are numbers, but alone they are not. */
function join(a: Kind, b: Kind): Kind {
  if (a === b || b === 'missing') return a
  if (a === 'missing') return b
  if ((a === 'number' && b === 'integer') || (a === 'integer' && b === 'number')) return 'number'
  return isInstant(a) && isInstant(b) ? 'datetime' : undefined
}

const sameNumber = (kind: Kind): Kind => (isWholeNumber(kind) || isInstant(kind) ? 'integer' : 'number')

/** Counts as a whole number in arithmetic. */
const isWholeNumber = (kind: Kind): boolean => kind === 'integer' || kind === 'boolean' || kind === 'missing'
const isNumeric = (kind: Kind): boolean => kind === 'integer' || kind === 'number' || kind === 'missing'
const isAddedAsText = (kind: Kind): boolean => kind === 'string' || isInstant(kind)
const isInstant = (kind: Kind): boolean => kind === 'date' || kind === 'datetime'

/** Text functions that give undefined for what is not there. */
const mayGiveNothing: ReadonlySet<string> = new Set(['text.at', 'text.part', 'text.codePointAt'])

/** Whole numbers when all they are given is, else numbers. */
const integerWhenGiven: ReadonlySet<string> = new Set(['abs', 'min', 'max', 'least', 'greatest', 'number', 'clip'])

const named = (type: ValueType, names: string): readonly (readonly [string, ValueType])[] =>
  names.split(' ').map((name) => [name, type])

const callTypes: ReadonlyMap<string, ValueType> = new Map([
  ...named(
    'number',
    'acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 fround hypot log log10 log1p log2 pow sin sinh sqrt tan tanh parseFloat daysBetween',
  ),
  ...named(
    'integer',
    'year month day hour ceil floor sign trunc parseInt text.length text.indexOf text.lastIndexOf text.charCodeAt text.codePointAt date.year date.month date.day date.weekday date.hour date.minute date.second date.millisecond date.time date.utc weekday isoWeek quarter monthsBetween',
  ),
  ...named(
    'string',
    'text text.toString text.lower text.upper text.trim text.trimStart text.trimEnd text.slice text.substring text.replace text.replaceAll text.padStart text.padEnd text.repeat text.concat text.charAt text.at text.normalize text.fixed text.part date.iso',
  ),
  ...named(
    'boolean',
    'boolean isMissing isNothing isNaN isFinite Number.isNaN Number.isFinite isInteger isWeekend text.includes text.startsWith text.endsWith',
  ),
  ...named('datetime', 'date'),
])
