import { ts } from '../source/typescript/parse.ts'
import type { Kind } from './kinds.ts'
import { judgeArgument, judgeCall, judgeColumnOf, judgeCount, judgeLoop, judgeProperty } from './members.ts'
import { judgeComparison, judgeOperator } from './operators.ts'
import type { ShadowFeature } from './shadow.ts'
import { nouns, type Verdict, Words } from './words.ts'

/**
 * What a complaint of TypeScript means for a feature, or undefined where the feature does right all the same: JavaScript
 * calculates with dates and with true and false, and values are compared loosely.
 */
export function judge(
  { code, start, length, file }: ts.DiagnosticWithLocation,
  feature: ShadowFeature,
  checker: ts.TypeChecker,
): Verdict | undefined {
  const node = nodeAt(file, start, start + length)
  if (!node) return undefined
  const words = new Words(feature, checker)
  switch (code) {
    case 2362:
    case 2363:
      return judgeOperator(node, words, true)
    case 2365:
      return judgeOperator(node, words, false)
    case 2367:
    case 2678:
      return judgeComparison(node, words)
    case 2339:
    case 2551:
    case 2568:
      return judgeProperty(node, words)
    case 2345:
      return judgeArgument(node, words)
    case 2684:
      return judgeColumnOf(node, words)
    case 2349:
      return judgeCall(node, words)
    case 2554:
      return judgeCount(node, words)
    case 2461:
    case 2488:
    case 2495:
    case 2548:
    case 2549:
      return judgeLoop(node, words)
    default:
      return undefined
  }
}

/** A default of another kind than the data; its disagreement says why everything else in the function is unclear. */
export function judgeDefault(
  { code, start, length, file }: ts.DiagnosticWithLocation,
  feature: ShadowFeature,
  checker: ts.TypeChecker,
): Verdict | undefined {
  const node = code === 2322 ? nodeAt(file, start, start + length) : undefined
  const declaration = node && ts.isIdentifier(node) ? node.parent : node
  if (!declaration || !(ts.isParameter(declaration) || ts.isBindingElement(declaration))) return undefined
  const { name, initializer } = declaration
  if (!initializer) return undefined
  const words = new Words(feature, checker)
  const [kind, given] = [words.kind(name), words.kind(initializer)]
  if (!isValue(kind) || !isValue(given) || kind === given) return undefined
  return { message: `${words.clause(name, kind)}, but its default is ${nouns[given]}.`, ...words.about(name) }
}

const isValue = (kind: Kind | undefined): kind is Exclude<Kind, 'column' | 'both'> =>
  kind !== undefined && kind !== 'column' && kind !== 'both'

/** The smallest node that covers a range. */
function nodeAt(file: ts.SourceFile, start: number, end: number): ts.Node | undefined {
  let found: ts.Node | undefined
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > start || node.end < end) return
    found = node
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(file, visit)
  return found
}
