import { SymbolKind, type WorkspaceSymbol, type WorkspaceSymbolParams } from 'vscode-languageserver/node'
import { columnSymbols } from '../../ide/symbols.ts'
import type { Handler } from '../context.ts'
import { toLocation } from '../to-lsp.ts'

/** More than anybody reads; the search goes on with the next letter. */
const mostSymbols = 1000

export const workspaceSymbols: Handler<WorkspaceSymbolParams, WorkspaceSymbol[]> =
  ({ workspace, places }) =>
  ({ query }) =>
    workspace
      .projects()
      .flatMap(({ analysis }) => columnSymbols(analysis, query))
      .slice(0, mostSymbols)
      .map(({ name, container, location }) => ({
        name,
        kind: SymbolKind.Field,
        containerName: container,
        location: toLocation(places, location),
      }))
