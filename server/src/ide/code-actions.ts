import {
  type Analysis,
  type Fix,
  type FixFiles,
  fixesOf,
  ignoreFix,
  type Problem,
  type ProblemCode,
  type Span,
} from '@modeldriver/engine'
import { refactorings } from './refactorings/list.ts'
import type { RefactoringKind } from './refactorings/refactoring.ts'
import { type TypeScriptProblem, typeScriptRepairs } from './typescript-repairs.ts'

/** One entry of the light bulb: a repair of a problem, or a change that keeps what the features mean. */
export interface CodeAction extends Fix {
  readonly kind: 'quickfix' | RefactoringKind
  /** The problem it repairs. */
  readonly problem?: Problem
  /** … or what TypeScript says. */
  readonly said?: TypeScriptProblem
  /** What is written then has its types from modeldriver.d.ts. */
  readonly needsDeclarations?: true
  /** All it does is to make files, which must be on disk for TypeScript to see them. */
  readonly makesFiles?: true
  /** Why it cannot be done here, for editors that show it. */
  readonly refused?: string
}

export interface CodeActionRequest {
  readonly analysis: Analysis
  readonly path: string
  readonly range: Span
  /** The texts that were analysed. */
  readonly files: FixFiles
  /** What TypeScript's own service says in the range, as far as the editor tells. */
  readonly said?: readonly TypeScriptProblem[]
  readonly wants: (kind: CodeAction['kind']) => boolean
  /** The repairs of one problem could not be made; the others are offered all the same. */
  readonly failed: (code: ProblemCode, error: unknown) => void
}

/** What can be done about the problems in a range of a file, then what else can be done there. */
export function codeActionsAt(request: CodeActionRequest): readonly CodeAction[] {
  const found = problemsAt(request)
  const forProblems = [
    ...unique([...repairs(request, found), ...repairsOfTypeScript(request), ...escapes(request, found)]),
  ]
  const isOffered = ({ title }: CodeAction) => forProblems.some((each) => each.title === title)
  return [...forProblems, ...refactoringsAt(request).filter((each) => !isOffered(each))]
}

const problemsAt = ({ analysis, path, range, wants }: CodeActionRequest): readonly Problem[] =>
  wants('quickfix') ? analysis.problems.filter((each) => each.path === path && touches(each.span, range)) : []

function repairs({ analysis, files, failed }: CodeActionRequest, problems: readonly Problem[]): readonly CodeAction[] {
  return problems.flatMap((problem) => {
    try {
      return fixesOf(analysis, problem, files).map((fix): CodeAction => ({ ...fix, kind: 'quickfix', problem }))
    } catch (error) {
      failed(problem.code, error)
      return []
    }
  })
}

const repairsOfTypeScript = ({ said = [], wants, ...place }: CodeActionRequest): readonly CodeAction[] =>
  wants('quickfix')
    ? said.flatMap((each) => typeScriptRepairs(place, each).map((fix) => ({ ...fix, kind: 'quickfix', said: each })))
    : []

/** After all repairs: to say that a problem is meant to be there. */
function escapes({ analysis, path, files }: CodeActionRequest, problems: readonly Problem[]): readonly CodeAction[] {
  const text = files.text(path)
  if (text === undefined) return []
  return problems.flatMap((problem): CodeAction[] => {
    const fix = ignoreFix(analysis, problem, text)
    return fix ? [{ ...fix, kind: 'quickfix', problem }] : []
  })
}

function refactoringsAt({ analysis, path, range, files, wants }: CodeActionRequest): readonly CodeAction[] {
  const text = files.text(path)
  if (text === undefined) return []
  return refactorings.flatMap(({ kind, offer }) => {
    const made = wants(kind) ? offer({ analysis, path, range, text }) : undefined
    return made && (made.edits.length > 0 || made.refused !== undefined) ? [{ ...made, kind }] : []
  })
}

/** A file of two models has its problems twice, with the same repairs. */
function unique(actions: readonly CodeAction[]): Iterable<CodeAction> {
  const key = ({ title, edits, problem }: CodeAction) =>
    JSON.stringify([title, edits, problem?.code, problem?.span.start])
  return new Map(actions.map((action) => [key(action), action])).values()
}

const touches = (span: Span, range: Span): boolean => span.start <= range.end && range.start <= span.end
