import type { Place } from '@modeldriver/protocol'
import * as vscode from 'vscode'

/** Opens a place in the editor group of the code, never over a panel. */
export async function openPlace({ uri, range }: Place): Promise<void> {
  const start = new vscode.Position(range.start.line, range.start.character)
  const end = new vscode.Position(range.end.line, range.end.character)
  const document = vscode.Uri.parse(uri, true)
  await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(start, end),
    viewColumn: columnOf(document),
  })
}

export function openLine(path: string, line: number, character = 0): Promise<void> {
  const at = { line, character }
  return openPlace({ uri: vscode.Uri.file(path).toString(), range: { start: at, end: at } })
}

/** Where the document already is, else where a text editor is, else the first group. */
export function columnOf(uri: vscode.Uri): vscode.ViewColumn {
  const editors = vscode.window.visibleTextEditors
  const shown = editors.find((editor) => editor.document.uri.toString() === uri.toString()) ?? editors[0]
  return shown?.viewColumn ?? vscode.ViewColumn.One
}
