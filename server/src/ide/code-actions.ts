import { type Analysis, type Fix, type FixFiles, fixesOf, type Problem, type Span } from '@modeldriver/engine'
import { refactorings } from './refactorings/list.ts'
import type { RefactoringKind } from './refactorings/refactoring.ts'

/** One entry of the light bulb: a repair of a problem, or a change that keeps what the features mean. */
export interface CodeAction extends Fix {
  readonly kind: 'quickfix' | RefactoringKind
  /** The problem it repairs. */
  readonly problem?: Problem
}

export interface CodeActionRequest {
  readonly analysis: Analysis
  readonly path: string
  readonly range: Span
  /** The texts that were analysed. */
  readonly files: FixFiles
  readonly wants: (kind: CodeAction['kind']) => boolean
}

/** What can be done about the problems in a range of a file, then what else can be done there. */
export function codeActionsAt(request: CodeActionRequest): readonly CodeAction[] {
  return [...unique(repairs(request)), ...refactoringsAt(request)]
}

function* repairs({ analysis, path, range, files, wants }: CodeActionRequest): Iterable<CodeAction> {
  if (!wants('quickfix')) return
  for (const problem of analysis.problems) {
    if (problem.path !== path || !touches(problem.span, range)) continue
    for (const fix of fixesOf(analysis, problem, files)) yield { ...fix, kind: 'quickfix', problem }
  }
}

function refactoringsAt({ analysis, path, range, files, wants }: CodeActionRequest): readonly CodeAction[] {
  const text = files.text(path)
  if (text === undefined) return []
  return refactorings.flatMap(({ kind, offer }) => {
    const made = wants(kind) ? offer({ analysis, path, range, text }) : undefined
    return made && made.edits.length > 0 ? [{ ...made, kind }] : []
  })
}

/** A file of two models has its problems twice, with the same repairs. */
function unique(actions: Iterable<CodeAction>): Iterable<CodeAction> {
  const key = ({ title, edits, problem }: CodeAction) =>
    JSON.stringify([title, edits, problem?.code, problem?.span.start])
  return new Map([...actions].map((action) => [key(action), action])).values()
}

const touches = (span: Span, range: Span): boolean => span.start <= range.end && range.start <= span.end
