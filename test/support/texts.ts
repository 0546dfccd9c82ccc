import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ts } from '@ts-morph/common'

/** What the parts that speak to people say, read off their syntax trees. */

const root = resolve(import.meta.dirname, '../..')

/** A text in the code, and where. */
export interface Text {
  readonly text: string
  readonly at: string
}

export interface Texts {
  /** What `t` is asked for. */
  readonly translated: readonly Text[]
  /** Calls of `t` whose text cannot be read off, or that come before the language is known. */
  readonly unclear: readonly Text[]
  /** Texts that a person would read, and that do not go through `t`. */
  readonly plain: readonly Text[]
}

export function textsIn(folders: readonly string[]): Texts {
  const found = filesIn(folders).map((file) => textsOf(file, readFileSync(join(root, file), 'utf8')))
  return {
    translated: found.flatMap(({ translated }) => translated),
    unclear: found.flatMap(({ unclear }) => unclear),
    plain: found.flatMap(({ plain }) => plain),
  }
}

/**
 * Texts with `{0}` for what is put into them; `name`: only those that are the property or variable of this name, or
 * what an error of this class says.
 */
export function formsIn(folders: readonly string[], name?: string): readonly string[] {
  const forms: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
    if (isText && (name === undefined || nameOf(node) === name)) forms.push(formOf(node))
    else ts.forEachChild(node, visit)
  }
  for (const file of filesIn(folders))
    visit(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true))
  return forms.filter((form) => /\p{L}/u.test(form))
}

function nameOf(node: ts.Node): string | undefined {
  const { parent } = valueAround(node)
  if (ts.isNewExpression(parent)) return parent.expression.getText()
  return ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) ? parent.name.getText() : undefined
}

const formOf = (text: ts.StringLiteralLike | ts.TemplateExpression): string =>
  ts.isTemplateExpression(text)
    ? text.head.text + text.templateSpans.map(({ literal }, i) => `{${i}}${literal.text}`).join('')
    : text.text

function filesIn(folders: readonly string[]): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...folders], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(listed.split('\n'))].filter(
    (file) =>
      /\.tsx?$/.test(file) &&
      !/\.(test|fixture|d)\.tsx?$|\/test[A-Z]\w*\.ts$/.test(file) &&
      existsSync(join(root, file)),
  )
}

export function textsOf(file: string, content: string): Texts {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true)
  const translated: Text[] = []
  const unclear: Text[] = []
  const plain: Text[] = []
  const place = (node: ts.Node, text: string): Text => ({
    text,
    at: `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`,
  })
  const visit = (node: ts.Node, isInFunction: boolean): void => {
    if (isSilent(node)) return
    if (ts.isCallExpression(node) && node.expression.getText() === 't') {
      const [first, ...values] = node.arguments
      const text = first && keyOf(first)
      if (text !== undefined && isInFunction) translated.push(place(node, text))
      else unclear.push(place(node, node.getText()))
      for (const value of values) visit(value, isInFunction)
      return
    }
    const said = literalOf(node)
    if (said !== undefined && (isShown(node) ? /\p{L}{2}/u : readsLikeWords(node)).test(said))
      plain.push(place(node, said))
    ts.forEachChild(node, (child) => visit(child, isInFunction || ts.isFunctionLike(node)))
  }
  visit(source, false)
  return { translated, unclear, plain }
}

/** The name of a text in the bundle: itself, or `text/comment`. */
function keyOf(text: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(text)) return text.text
  if (!ts.isObjectLiteralExpression(text)) return undefined
  const parts = ['message', 'comment'].map((name) => {
    const part = text.properties.find((property) => property.name?.getText() === name)
    return part && ts.isPropertyAssignment(part) && ts.isStringLiteralLike(part.initializer)
      ? part.initializer.text
      : undefined
  })
  return parts.includes(undefined) ? undefined : parts.join('/')
}

/** What is never shown: types, imports, class names, the log, errors that are mistakes of ours. */
function isSilent(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true
  if (ts.isCallExpression(node)) return /^(log|this\.#options\.log|console)\b/.test(node.expression.getText())
  if (ts.isThrowStatement(node)) return true
  return ts.isJsxAttribute(node) && /^(className|d|viewBox|preserveAspectRatio|id)$|^data-/.test(node.name.getText())
}

function literalOf(node: ts.Node): string | undefined {
  // Templates by their pieces around the values.
  const isPiece = ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
  if (!isPiece && !ts.isStringLiteralLike(node) && !ts.isJsxText(node)) return undefined
  const text = node.text.replaceAll(/\$\([\w-]+\)/g, '')
  return isMarkup(text) ? undefined : text
}

const isMarkup = (text: string): boolean => /<\/?[\w!]/.test(text)

const shownProperties =
  /^(title|placeHolder|placeholder|label|detail|description|prompt|message|tooltip|openLabel|alt|aria-label|aria-description|text)$/

/** Whether the place alone says that it is seen or read out: a page's text, a title, an argument of a message. */
function isShown(node: ts.Node): boolean {
  if (ts.isJsxText(node)) return true
  const value = valueAround(node)
  const { parent } = value
  if (ts.isPropertyAssignment(parent) && parent.initializer === value)
    return shownProperties.test(parent.name.getText().replaceAll(/['"]/g, ''))
  if (ts.isJsxAttribute(parent)) return shownProperties.test(parent.name.getText())
  if (ts.isJsxExpression(parent))
    return !ts.isJsxAttribute(parent.parent) || shownProperties.test(parent.parent.name.getText())
  return ts.isCallExpression(parent) && /\.show\w+Message$/.test(parent.expression.getText())
}

/** The expression that a literal is a possible value of: out of templates, choices and parentheses. */
function valueAround(node: ts.Node): ts.Node {
  const { parent } = node
  const isPart =
    ts.isTemplateSpan(parent) ||
    ts.isTemplateExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node) ||
    (ts.isBinaryExpression(parent) && /^(&&|\|\||\?\?|\+)$/.test(parent.operatorToken.getText()))
  return isPart ? valueAround(parent) : node
}

/** Two words, or one with a capital letter where no key of the keyboard or name of a property is meant. */
function readsLikeWords(node: ts.Node): RegExp {
  const { parent } = valueAround(node)
  const isName =
    (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) ||
    ts.isCaseClause(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isPropertyAssignment(parent)
  return isName ? /\p{L}{2,},? \p{L}{2,}/u : /\p{L}{2,},? \p{L}{2,}|^\p{Lu}\p{Ll}+$/u
}

/** Where `t('{0} rows')` is asked for without `=== 1 ? t('1 row') :` before it. */
export function countedWithoutOne(folders: readonly string[]): readonly string[] {
  const found: string[] = []
  for (const file of filesIn(folders)) {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
    const visit = (node: ts.Node): void => {
      const said = ts.isCallExpression(node) && node.expression.getText() === 't' ? node.arguments[0] : undefined
      if (said && ts.isStringLiteralLike(said) && isCounted(said.text) && !hasOne(node)) found.push(said.text)
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return found
}

/** Begins with a number of things: `{0} rows`. */
export const isCounted = (text: string): boolean => /^\{0\} (?:more )?\w+[^si]s\b/.test(text)

const hasOne = ({ parent }: ts.Node): boolean =>
  ts.isParenthesizedExpression(parent)
    ? hasOne(parent)
    : ts.isConditionalExpression(parent) && /=== 1$/.test(parent.condition.getText())
