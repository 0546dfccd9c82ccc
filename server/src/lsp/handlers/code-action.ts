import { typesCommand } from '@modeldriver/protocol'
import type { CodeAction, CodeActionParams, Diagnostic, Position, Range } from 'vscode-languageserver/node'
import { CodeActionTriggerKind } from 'vscode-languageserver/node'
import { codeActionsAt, type CodeAction as OfferedAction } from '../../ide/code-actions.ts'
import { reasonText } from '../../ide/reasons.ts'
import { titleText } from '../../ide/titles.ts'
import type { TypeScriptProblem } from '../../ide/typescript-repairs.ts'
import type { Handler } from '../context.ts'
import { toDiagnostic } from '../to-lsp.ts'
import { toWorkspaceEdit } from '../workspace-edit.ts'

export const codeAction: Handler<CodeActionParams, CodeAction[]> =
  ({ client, failed, projectAt, files, places, hasCommands }) =>
  ({ textDocument, range, context }) => {
    const found = projectAt(textDocument.uri)
    const document = found && files.document(found.path)
    if (!document) return []
    const span = (of: Range) => ({ start: document.offsetAt(of.start), end: document.offsetAt(of.end) })
    const others = new Map(
      context.diagnostics.flatMap((each): [TypeScriptProblem, Diagnostic][] =>
        typeof each.code === 'number' ? [[{ code: each.code, span: span(each.range) }, each]] : [],
      ),
    )
    const offered = codeActionsAt({
      analysis: found.project.analysis,
      path: found.path,
      range: span(range),
      said: [...others.keys()],
      files: { text: files.readText, list: files.list },
      wants: wanted(context),
      failed: (code, error) => failed(`repairs of ${code}`, error),
    })
    const made = offered.flatMap(
      ({ title, kind, problem, said, isPreferred, needsDeclarations, makesFiles, ...change }) => {
        const edit = toWorkspaceEdit(places, client, change)
        const diagnostic = problem ? held(context.diagnostics, toDiagnostic(places, problem)) : said && others.get(said)
        if (!edit || change.refused !== undefined) return []
        const command = hasCommands &&
          (needsDeclarations || makesFiles) && { title, command: typesCommand, arguments: [textDocument.uri, true] }
        return [
          {
            title: titleText(title),
            kind,
            // An edit would leave the files unsaved.
            ...(!(command && makesFiles) && { edit }),
            ...(diagnostic && { diagnostics: [diagnostic] }),
            ...(isPreferred && { isPreferred }),
            ...(command && { command }),
          },
        ]
      },
    )
    return client.textDocument?.codeAction?.disabledSupport ? [...made, ...offered.flatMap(disabled)] : made
  }

/** What cannot be done, with the reason. */
const disabled = ({ title, kind, refused }: OfferedAction): CodeAction[] =>
  refused === undefined ? [] : [{ title: titleText(title), kind, disabled: { reason: reasonText(refused) } }]

/** `refactor` asks for `refactor.rewrite` too. While the cursor moves nobody sees source actions, and they read the whole file. */
function wanted({ only, triggerKind }: CodeActionParams['context']): (kind: string) => boolean {
  if (only) return (kind) => only.some((asked) => kind === asked || kind.startsWith(`${asked}.`))
  return (kind) => triggerKind !== CodeActionTriggerKind.Automatic || !kind.startsWith('source.')
}

/** The diagnostic as the editor holds it, by which it knows what an action repairs. */
const held = (all: readonly Diagnostic[], own: Diagnostic): Diagnostic =>
  all.find(
    ({ code, message, range }) =>
      code === own.code &&
      message === own.message &&
      isAt(range.start, own.range.start) &&
      isAt(range.end, own.range.end),
  ) ?? own

const isAt = (a: Position, b: Position): boolean => a.line === b.line && a.character === b.character
