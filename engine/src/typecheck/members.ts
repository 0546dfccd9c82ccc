import { windowMethods } from '../ir/expression.ts'
import { closest } from '../model/suggest.ts'
import { ts } from '../source/typescript/parse.ts'
import { elementKind, isWindows, type Kind, kindOf } from './kinds.ts'
import { askTruth, bareOf, nouns, type Verdict, type Words } from './words.ts'

// What is asked of a value, given to a function, called and looped over.

export function judgeProperty(node: ts.Node, words: Words): Verdict | undefined {
  const access = ts.isPropertyAccessExpression(node) ? node : node.parent
  if (!ts.isPropertyAccessExpression(access) || access.name.text === '') return undefined
  const { expression, name } = access
  const type = words.checker.getTypeAtLocation(expression)
  const kind = kindOf(type)
  if (!kind) return judgeGlobal(access, words) ?? judgeWindows(access, words) ?? judgeObject(access, words)
  const isCalled = ts.isCallExpression(access.parent) && access.parent.expression === access
  if (isCalled && words.looksAround && windowMethods.has(name.text)) return undefined
  // Where an aggregate is misspelt, nothing shows yet that a whole column is meant.
  const columns = isCalled && kind !== 'column' && words.input(expression) ? words.columnMethods() : []
  const known = [...propertyNames(type, words.checker, isCalled), ...columns]
  const usual = usualNames.get(name.text.toLowerCase())
  const isAggregate = kind !== 'column' && words.columnMethods().includes(name.text) && !words.input(expression)
  const near = isAggregate ? [] : closest(name.text, known).slice(0, 1)
  const suggestions = usual && known.includes(usual) ? [usual] : near
  const meant =
    suggestions.length > 0 ? ` Did you mean '${suggestions[0]}'?` : insteadOf(expression, name.text, kind, words)
  return {
    message: `${words.clause(expression, kind)}, which has no '${name.text}'.${meant}`,
    ...words.about(expression),
    ...(kind === 'string' && numberMethods.has(name.text) && { wanted: 'number' as const }),
    ...(suggestions.length > 0 && { suggestions }),
  }
}

/** `Math.rond`: what the language itself has. */
function judgeGlobal({ expression, name }: ts.PropertyAccessExpression, { checker }: Words): Verdict | undefined {
  if (!ts.isIdentifier(expression) || !globals.has(expression.text)) return undefined
  const symbol = checker.getSymbolAtLocation(expression)
  if (!symbol?.declarations?.every((declaration) => declaration.getSourceFile().isDeclarationFile)) return undefined
  const known = propertyNames(checker.getTypeAtLocation(expression), checker, false)
  const suggestions = closest(name.text, known).slice(0, 1)
  const meant = suggestions.length > 0 ? ` Did you mean '${suggestions[0]}'?` : ''
  return {
    message: `'${expression.text}' has no '${name.text}'.${meant}`,
    ...(suggestions.length > 0 && { suggestions }),
  }
}

/** `revenue.rolling(3).avg()`. */
function judgeWindows({ expression, name }: ts.PropertyAccessExpression, words: Words): Verdict | undefined {
  const type = words.checker.getTypeAtLocation(expression)
  if (!isWindows(type)) return undefined
  const known = propertyNames(type, words.checker, true)
  const suggestions = [usualNames.get(name.text.toLowerCase()) ?? closest(name.text, known)[0] ?? ''].filter((each) =>
    known.includes(each),
  )
  const meant = suggestions.length > 0 ? ` Did you mean '${suggestions[0]}'?` : ` They have ${known.join(', ')}.`
  return {
    message: `${words.name(expression)} is windows of values, which have no '${name.text}'.${meant}`,
    ...(suggestions.length > 0 && { suggestions }),
  }
}

/** `rates.get(region)` of an object that is written out: calling what is not there fails. */
function judgeObject(access: ts.PropertyAccessExpression, { checker }: Words): Verdict | undefined {
  const { expression, name, parent } = access
  const { flags, symbol } = checker.getTypeAtLocation(expression)
  const isWritten = symbol?.declarations?.every(ts.isObjectLiteralExpression) ?? false
  if (!(flags & ts.TypeFlags.Object) || !isWritten || !ts.isCallExpression(parent) || parent.expression !== access)
    return undefined
  const text = bareOf(expression).getText()
  const [key] = parent.arguments
  const todo = name.text === 'get' && key ? ` Write ${text}[${key.getText()}].` : ''
  return { message: `'${text}' is an object, which has no '${name.text}'.${todo}` }
}

const globals: ReadonlySet<string> = new Set('Math Number String Date Object Array JSON Boolean'.split(' '))

/** How other tools call what a column has. */
const usualNames: ReadonlyMap<string, string> = new Map([
  ['avg', 'mean'],
  ['average', 'mean'],
  ['total', 'sum'],
  ['sd', 'std'],
  ['stdev', 'std'],
  ['stddev', 'std'],
  ['variance', 'var'],
  ['percentile', 'quantile'],
  ['countdistinct', 'nunique'],
  ['len', 'length'],
  ['size', 'length'],
  ['upper', 'toUpperCase'],
  ['lower', 'toLowerCase'],
  ['contains', 'includes'],
  ['strip', 'trim'],
])

/** What to write when the name is right, but not for this value. */
function insteadOf(value: ts.Expression, name: string, kind: Kind, words: Words): string {
  const text = bareOf(value).getText()
  if (words.columnMethods().includes(name) && !words.input(value))
    return ' It is one value already, so there is nothing to aggregate.'
  if (words.columnMethods().includes(name)) return ` Write ${text}.${name}() to ask all rows of it.`
  if (name === 'round' && kind === 'number') return ` Write round(${text}, 2), with round imported from 'modeldriver'.`
  if (/^(?:fillna|isna|isnull|notna)$/.test(name))
    return name === 'fillna' ? ` Write ${text} ?? 0.` : ` Write ${text} == null.`
  if (kind === 'string' && numberMethods.has(name))
    return ` Write Number(${text}).${name}(…) where its texts are numbers.`
  if (!textMethods.has(name)) return ''
  if (kind === 'number') return ` Its digits are String(${text}).`
  if (kind === 'boolean') return askTruth(text)
  return kind === 'Date' ? ` Its text is ${text}.toISOString().` : ''
}

const textMethods: ReadonlySet<string> = new Set(
  'slice substring split startsWith endsWith includes indexOf padStart padEnd replace match charAt'.split(' '),
)

const numberMethods: ReadonlySet<string> = new Set('toFixed toPrecision toExponential'.split(' '))

function propertyNames(type: ts.Type, checker: ts.TypeChecker, isCalled: boolean): readonly string[] {
  return checker
    .getPropertiesOfType(checker.getApparentType(type))
    .filter(({ flags }) => !isCalled || (flags & ts.SymbolFlags.Method) !== 0)
    .map(({ name }) => name)
    .filter((name) => /^[a-z]\w*$/i.test(name) && !tags.has(name))
}

/** `'a'.fixed()`: makes the HTML of last century, and nobody means it. */
const tags: ReadonlySet<string> = new Set(
  'anchor big blink bold fixed fontcolor fontsize italics link small strike sub sup'.split(' '),
)

export function judgeArgument(node: ts.Node, words: Words): Verdict | undefined {
  const argument = argumentOf(node)
  const expected = argument && words.checker.getContextualType(argument)
  if (!argument || !expected) return undefined
  const call = argument.parent as ts.CallExpression | ts.NewExpression
  const callee = `'${nameOfCallee(call.expression)}'`
  const given = words.checker.getTypeAtLocation(argument)
  const kind = kindOf(given)
  const wanted = kindOf(expected) ?? (isColumnType(expected) ? 'column' : undefined)
  if (!kind || !wanted || kind === 'both' || wanted === 'both') return undefined
  if (kind === 'column' && wanted === 'column') return wrongElements(argument, given, callee, words)
  const looksUp = kind !== wanted && isLookUp(call.expression, words.checker)
  const isMisfit =
    looksUp ||
    (wanted === 'number' && (kind === 'string' || kind === 'column')) ||
    (wanted === 'string' && kind === 'column') ||
    (wanted === 'Date' && kind !== 'Date') ||
    (wanted === 'column' && kind !== 'column')
  if (!isMisfit) return undefined
  const needs = wanted === 'column' ? 'a whole column' : nouns[wanted]
  return {
    message: `${words.clause(argument, kind)}, but ${callee} needs ${needs}.${looksUp ? lookUp(argument, kind, wanted) : ''}`,
    ...words.about(argument),
    ...(wanted === 'number' && { wanted }),
  }
}

/** What to write for a value that is looked for among values of another kind. */
function lookUp(argument: ts.Expression, kind: Kind, wanted: Kind): string {
  const text = bareOf(argument).getText()
  if (kind === 'boolean') return askTruth(text)
  return kind === 'number' && wanted === 'string' ? ` Write String(${text}), or the list without quotes.` : ''
}

/** `['a', 'b'].includes(region)`, which never finds a value of another kind. */
const isLookUp = (callee: ts.Expression, checker: ts.TypeChecker): boolean =>
  ts.isPropertyAccessExpression(callee) &&
  /^(?:includes|indexOf)$/.test(callee.name.text) &&
  checker.isArrayType(checker.getTypeAtLocation(callee.expression))

/** `sum(region)`, `region.sum()`: an aggregate of values that it cannot take. */
function wrongElements(column: ts.Expression, type: ts.Type, callee: string, words: Words): Verdict | undefined {
  const element = elementKind(type, words.checker)
  if (element !== 'string' && element !== 'Date') return undefined
  const input = words.input(column)
  const clause = `${words.name(column)} ${input?.clause ?? `holds ${element === 'string' ? 'text' : 'dates'}`}`
  const needs = element === 'string' && timeAggregates.has(callee.slice(1, -1)) ? 'numbers or dates' : 'numbers'
  const message = `${clause}, but ${callee} needs ${needs}.`
  return { message, ...words.about(column), ...(element === 'string' && { wanted: 'number' as const }) }
}

const timeAggregates: ReadonlySet<string> = new Set(['mean', 'median', 'quantile', 'diff'])

export function judgeColumnOf(node: ts.Node, words: Words): Verdict | undefined {
  const call = outward(node, ts.isCallExpression)
  if (!call || !ts.isPropertyAccessExpression(call.expression)) return undefined
  const { expression, name } = call.expression
  return wrongElements(expression, words.checker.getTypeAtLocation(expression), `'${name.text}'`, words)
}

export function judgeCall(node: ts.Node, words: Words): Verdict | undefined {
  const call = outward(node, ts.isCallExpression)
  const kind = call && words.kind(call.expression)
  if (!call || !kind) return undefined
  return { message: `${words.clause(call.expression, kind)}, so it cannot be called.`, ...words.about(call.expression) }
}

export function judgeCount(node: ts.Node, words: Words): Verdict | undefined {
  const call = outward(node, ts.isCallExpression)
  const signature = call && words.checker.getResolvedSignature(call)
  if (!call || !signature || !ts.isPropertyAccessExpression(call.expression)) return undefined
  const kind = words.kind(call.expression.expression)
  const needed = signature.parameters.filter(
    ({ valueDeclaration: declared }) =>
      declared &&
      ts.isParameter(declared) &&
      !declared.questionToken &&
      !declared.initializer &&
      !declared.dotDotDotToken,
  )
  if (!kind || call.arguments.length >= needed.length) return undefined
  const missing = needed.slice(call.arguments.length).map(({ name }) => `'${name}'`)
  return { message: `'${call.expression.name.text}' needs ${missing.join(' and ')} between its parentheses.` }
}

export function judgeLoop(node: ts.Node, words: Words): Verdict | undefined {
  if (!ts.isExpression(node)) return undefined
  const kind = words.kind(node)
  if (!kind || kind === 'column' || kind === 'both') return undefined
  return { message: `${words.clause(node, kind)}, so there is nothing to loop over.`, ...words.about(node) }
}

function argumentOf(node: ts.Node): ts.Expression | undefined {
  for (let at: ts.Node = node; at.parent; at = at.parent) {
    const { parent } = at
    if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.arguments?.some((each) => each === at))
      return at as ts.Expression
    if (ts.isStatement(parent)) return undefined
  }
  return undefined
}

function outward<T extends ts.Node>(node: ts.Node, is: (node: ts.Node) => node is T): T | undefined {
  for (let at = node; at; at = at.parent) if (is(at)) return at
  return undefined
}

function nameOfCallee(callee: ts.Expression): string {
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText()
}

const isColumnType = (type: ts.Type): boolean => type.isUnion() && type.types.every((part) => kindOf(part) === 'column')
