import type { DefinitionParams, Location, ReferenceParams } from 'vscode-languageserver/node'
import { definitionAt, originAt } from '../../ide/definition.ts'
import { referencesAt } from '../../ide/references.ts'
import type { Context, Handler } from '../context.ts'
import { toLocation } from '../to-lsp.ts'

export const definition: Handler<DefinitionParams, Location | null> = (context) => leadTo(context, definitionAt)

/** For declarations and implementations, which TypeScript does not know of a parameter. */
export const origin: Handler<DefinitionParams, Location | null> = (context) => leadTo(context, originAt)

export const references: Handler<ReferenceParams, Location[]> =
  ({ at, files, places }) =>
  ({ textDocument, position, context: { includeDeclaration } }) => {
    const found = at(textDocument.uri, position)
    if (!found) return []
    const { project, path, offset } = found
    return referencesAt(project.analysis, path, offset, files.readText, includeDeclaration).map((location) =>
      toLocation(places, location),
    )
  }

const leadTo =
  ({ at, files, places }: Context, find: typeof definitionAt) =>
  ({ textDocument, position }: DefinitionParams): Location | null => {
    const found = at(textDocument.uri, position)
    const location = found && find(found.project.analysis, found.path, found.offset, files.readText)
    return location ? toLocation(places, location) : null
  }
