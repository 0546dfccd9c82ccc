import type { Hover, HoverParams } from 'vscode-languageserver/node'
import { hoverAt } from '../../ide/hover.ts'
import type { Handler } from '../context.ts'
import { toHover } from '../to-hover.ts'

export const hover: Handler<HoverParams, Hover | null> =
  ({ at, client, files, hasCommands, places }) =>
  ({ textDocument, position }) => {
    const found = at(textDocument.uri, position)
    const facts = found && hoverAt(found.project.analysis, found.path, found.offset, files.readText)
    return facts ? toHover(places, found.document, facts, { hover: client.textDocument?.hover, hasCommands }) : null
  }
