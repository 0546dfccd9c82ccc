import { type InlayHint, InlayHintKind, type InlayHintParams, TextEdit } from 'vscode-languageserver/node'
import { inlayHintsOf } from '../../ide/inlay-hints.ts'
import type { Handler } from '../context.ts'

export const inlayHints: Handler<InlayHintParams, InlayHint[]> =
  ({ projectAt, files }) =>
  ({ textDocument, range }) => {
    const found = projectAt(textDocument.uri)
    const document = found && files.document(found.path)
    if (!found || !document) return []
    const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) }
    return inlayHintsOf(found.project.analysis, found.path, document.getText(), span).map((hint): InlayHint => {
      const position = document.positionAt(hint.offset)
      return {
        position,
        label: hint.label,
        tooltip: hint.tooltip,
        ...(hint.kind === 'type' && { kind: InlayHintKind.Type }),
        ...(hint.canWrite && { textEdits: [TextEdit.insert(position, hint.label)] }),
      }
    })
  }
