import type { Position } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Language } from '../language/client.ts'

/**
 * `[uri, position, newName]`, by default what stands at the cursor, and a name that is asked for. Works also where another
 * extension answers Rename Symbol before us.
 */
export const rename =
  ({ renaming }: Language) =>
  async (file?: unknown, position?: unknown, name?: unknown): Promise<boolean> => {
    const place = placeOf(file, position)
    const before = place && (await renaming.nameAt(place.uri, place.position))
    if (place === undefined || before === undefined) {
      void vscode.window.showInformationMessage(
        t('Put the cursor on the name of a feature, on a parameter, or on a name in modeldriver.json first.'),
      )
      return false
    }
    const { uri, position: at } = place
    const newName =
      typeof name === 'string' ? name : await askForName(before, (text) => renaming.refusal(uri, at, text))
    const edit = newName === undefined ? undefined : await renaming.edit(uri, at, newName)
    return edit !== undefined && edit.size > 0 && vscode.workspace.applyEdit(edit, { isRefactoring: true })
  }

function askForName(before: string, refusal: (text: string) => Promise<string | undefined>) {
  return vscode.window.showInputBox({
    title: t('Rename {0}', before),
    prompt: t('The new name, in every model, parameter and modeldriver.json'),
    value: before,
    validateInput: (text) => (text === before ? undefined : refusal(text)),
  })
}

function placeOf(file: unknown, position: unknown): { uri: vscode.Uri; position: Position } | undefined {
  const given = typeof file === 'string' ? vscode.Uri.parse(file) : file instanceof vscode.Uri ? file : undefined
  if (given !== undefined && position instanceof vscode.Position) return { uri: given, position }
  const editor = vscode.window.activeTextEditor
  if (editor === undefined) return undefined
  const isOther = given !== undefined && given.toString() !== editor.document.uri.toString()
  return isOther ? undefined : { uri: editor.document.uri, position: editor.selection.active }
}
