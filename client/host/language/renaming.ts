import type { Position, RenameResult } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Middleware } from 'vscode-languageclient/node'

/** What a rename asks of the server. */
export interface RenameRequests {
  prepare(uri: vscode.Uri, position: Position): Promise<{ readonly placeholder: string } | undefined>
  rename(uri: vscode.Uri, position: Position, newName: string): Promise<RenameResult | undefined>
}

/** Another name for a column or feature, in every file that knows it. */
export interface Renaming {
  /** The present name of what stands at a place; undefined where nothing of ours does. */
  nameAt(uri: vscode.Uri, position: Position): Promise<string | undefined>
  /** Why it cannot have this name. */
  refusal(uri: vscode.Uri, position: Position, newName: string): Promise<string | undefined>
  /** All edits as one; an empty one when it is refused, which is said, or not confirmed. Undefined: nothing of ours. */
  edit(uri: vscode.Uri, position: Position, newName: string): Promise<vscode.WorkspaceEdit | undefined>
  readonly middleware: Pick<Middleware, 'prepareRename' | 'provideRenameEdits'>
}

export function createRenaming(server: RenameRequests, log: vscode.LogOutputChannel): Renaming {
  /** The place where TypeScript is being asked by us: there our own provider must be silent. */
  let askedOfTypeScript: string | undefined

  const edit: Renaming['edit'] = async (uri, position, newName) => {
    const result = await server.rename(uri, position, newName)
    if (result === undefined) return undefined
    const edits = new vscode.WorkspaceEdit()
    if (result.kind === 'refused') {
      void vscode.window.showErrorMessage(result.message)
      return edits
    }
    if (result.alias && !(await isConfirmed(result.alias))) return edits
    for (const file of result.files) edits.set(vscode.Uri.parse(file.uri), file.edits.map(toTextEdit))
    for (const place of result.functions) await addUsesElsewhere(edits, place)
    return edits
  }

  /** Tests and scripts that import a feature are TypeScript's to rename; in our own files we know better. */
  const addUsesElsewhere = async (
    edits: vscode.WorkspaceEdit,
    { uri, range: { start }, newName }: (RenameResult & { kind: 'edits' })['functions'][number],
  ): Promise<void> => {
    const target = vscode.Uri.parse(uri)
    const position = new vscode.Position(start.line, start.character)
    askedOfTypeScript = placeKey(target, position)
    try {
      const theirs = await vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
        'vscode.executeDocumentRenameProvider',
        target,
        position,
        newName,
      )
      for (const [file, own] of theirs?.entries() ?? []) if (!edits.has(file)) edits.set(file, own)
    } catch (error) {
      log.info(`TypeScript does not rename the uses in other files: ${String(error)}`)
    } finally {
      askedOfTypeScript = undefined
    }
  }

  return {
    nameAt: async (uri, position) => (await server.prepare(uri, position))?.placeholder,
    refusal: async (uri, position, newName) => {
      const result = await server.rename(uri, position, newName)
      return result?.kind === 'refused' ? result.message : undefined
    },
    edit,
    middleware: {
      // `next` rejects where nothing of ours stands; the rejection would be shown beside TypeScript's answer.
      prepareRename: async (document, position, token, next) => {
        if (askedOfTypeScript === placeKey(document.uri, position)) return undefined
        try {
          return await next(document, position, token)
        } catch {
          return undefined
        }
      },
      provideRenameEdits: async (document, position, newName) =>
        askedOfTypeScript === placeKey(document.uri, position) ? undefined : edit(document.uri, position, newName),
    },
  }
}

async function isConfirmed({ title, explanation }: { readonly title: string; readonly explanation: string }) {
  const accept = t('Rename')
  return (
    (await vscode.window.showInformationMessage(`${title}?`, { modal: true, detail: explanation }, accept)) === accept
  )
}

const placeKey = (uri: vscode.Uri, { line, character }: Position): string => `${line}:${character} ${uri.toString()}`

const toTextEdit = ({
  range: { start, end },
  newText,
}: (RenameResult & { kind: 'edits' })['files'][number]['edits'][number]): vscode.TextEdit =>
  new vscode.TextEdit(new vscode.Range(start.line, start.character, end.line, end.character), newText)
