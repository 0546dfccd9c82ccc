import type { Hover, HoverParams } from 'vscode-languageserver/node'
import { hoverAt } from '../../ide/hover.ts'
import type { Handler } from '../context.ts'
import { toHover } from '../to-lsp.ts'

export const hover: Handler<HoverParams, Hover | null> =
  ({ at }) =>
  ({ textDocument, position }) => {
    const found = at(textDocument.uri, position)
    const facts = found && hoverAt(found.project.analysis, found.path, found.offset)
    return facts ? toHover(found.document, facts) : null
  }
