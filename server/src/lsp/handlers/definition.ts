import type { DefinitionParams, Location } from 'vscode-languageserver/node'
import { definitionAt } from '../../ide/definition.ts'
import type { Handler } from '../context.ts'
import { toLocation } from '../to-lsp.ts'

export const definition: Handler<DefinitionParams, Location | null> =
  ({ at, places }) =>
  ({ textDocument, position }) => {
    const found = at(textDocument.uri, position)
    const location = found && definitionAt(found.project.analysis, found.path, found.offset)
    return location ? toLocation(places, location) : null
  }
