import type { RenameFilesParams, WorkspaceEdit } from 'vscode-languageserver/node'
import { type Move, movedFileEdits } from '../../ide/moved-files.ts'
import type { Handler } from '../context.ts'
import { pathOf } from '../paths.ts'
import { toWorkspaceEdit } from '../workspace-edit.ts'

/** Asked before files or folders get other names: what the manifests say of them changes in the same step. */
export const movedFiles: Handler<RenameFilesParams, WorkspaceEdit | null> =
  ({ client, places, workspace }) =>
  ({ files }) => {
    const moves = files.flatMap(({ oldUri, newUri }): Move[] => {
      const [from, to] = [pathOf(oldUri), pathOf(newUri)]
      return from === undefined || to === undefined ? [] : [{ from, to }]
    })
    const edits = workspace.projects().flatMap(({ analysis }) => movedFileEdits(analysis, moves))
    return edits.length > 0 ? (toWorkspaceEdit(places, client, { edits }) ?? null) : null
  }
