import type { RenameResult } from '@modeldriver/protocol'
import {
  LSPErrorCodes,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type TextDocumentPositionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'
import { prepareRename as prepare, type Rename, renameAt } from '../../ide/rename.ts'
import type { Context, Handler } from '../context.ts'
import { toLocation, toRange } from '../to-lsp.ts'
import { toFileEdits, toWorkspaceEdit } from '../workspace-edit.ts'

export const prepareRename: Handler<TextDocumentPositionParams, PrepareRenameResult | null> =
  ({ at, files }) =>
  ({ textDocument, position }) => {
    const found = at(textDocument.uri, position)
    const subject = found && prepare(found.project.analysis, found.path, found.offset, files.readText)
    return subject ? { range: toRange(found.document, subject.span), placeholder: subject.name } : null
  }

/** For any editor: what cannot be renamed is an error with the reason. */
export const rename: Handler<RenameParams, WorkspaceEdit | null> = (context) => (params) => {
  const renamed = renamedBy(context, params)
  if (!renamed) return null
  if (renamed.kind === 'refused') throw new ResponseError(LSPErrorCodes.RequestFailed, renamed.message)
  const { edits, alias } = renamed
  const confirm = alias && { confirm: `${alias.title}. ${alias.explanation}` }
  return toWorkspaceEdit(context.places, context.client, { edits, ...confirm }) ?? null
}

/** For our own client, which asks for confirmation itself and follows functions into files that are not ours. */
export const renameEverywhere: Handler<RenameParams, RenameResult | null> = (context) => (params) => {
  const { places } = context
  const renamed = renamedBy(context, params)
  if (renamed?.kind !== 'edits') return renamed ?? null
  const { edits, functions, alias } = renamed
  return {
    kind: 'edits',
    files: toFileEdits(places, edits),
    functions: functions.map(({ to, ...location }) => ({ ...toLocation(places, location), newName: to })),
    ...(alias && { alias }),
  }
}

function renamedBy(
  { at, files, names }: Context,
  { textDocument, position, newName }: RenameParams,
): Rename | undefined {
  const found = at(textDocument.uri, position)
  if (!found) return undefined
  return renameAt(found.project.analysis, found.path, found.offset, newName, { textOf: files.readText, names })
}
