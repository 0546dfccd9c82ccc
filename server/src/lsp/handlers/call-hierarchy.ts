import type { Analysis } from '@modeldriver/engine'
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
  SymbolKind,
} from 'vscode-languageserver/node'
import {
  type HierarchyCall,
  type HierarchyItem,
  hierarchyItemAt,
  incomingCalls as incoming,
  outgoingCalls as outgoing,
} from '../../ide/call-hierarchy.ts'
import type { Context, Handler } from '../context.ts'
import { hierarchyData, type ItemData } from '../from-lsp.ts'
import { pathOf } from '../paths.ts'
import { type Places, toRange } from '../to-lsp.ts'

export const prepareCallHierarchy: Handler<CallHierarchyPrepareParams, CallHierarchyItem[] | null> =
  ({ at, files, names, places }) =>
  ({ textDocument, position }) => {
    const found = at(textDocument.uri, position)
    if (!found) return null
    const { project, path, offset } = found
    const item = hierarchyItemAt(project.analysis, path, offset, { textOf: files.readText, names })
    return item ? [toItem(places, item, project.path)] : null
  }

export const incomingCalls: Handler<CallHierarchyIncomingCallsParams, CallHierarchyIncomingCall[]> =
  (context) =>
  ({ item }) =>
    callsOf(context, item, incoming).map(({ call, project }) => ({
      from: toItem(context.places, call.item, project),
      fromRanges: rangesIn(context.places, call.item.path, call),
    }))

export const outgoingCalls: Handler<CallHierarchyOutgoingCallsParams, CallHierarchyOutgoingCall[]> =
  (context) =>
  ({ item }) =>
    callsOf(context, item, outgoing).map(({ call, project, path }) => ({
      to: toItem(context.places, call.item, project),
      fromRanges: rangesIn(context.places, path, call),
    }))

/** An item comes back from the editor as it was sent; the project may have changed since. */
function callsOf(
  { files, names, projectAt, places }: Context,
  item: CallHierarchyItem,
  find: (analysis: Analysis, item: HierarchyItem, tools: Parameters<typeof incoming>[2]) => readonly HierarchyCall[],
): readonly { readonly call: HierarchyCall; readonly project: string; readonly path: string }[] {
  const data = hierarchyData(item.data)
  const path = pathOf(item.uri)
  const project = data && projectAt(places.uriOf(data.project))?.project
  const document = path === undefined ? undefined : files.document(path)
  if (!data || !project || !document || path === undefined) return []
  const spanOf = ({ start, end }: CallHierarchyItem['range']) => ({
    start: document.offsetAt(start),
    end: document.offsetAt(end),
  })
  const asked: HierarchyItem = {
    ...data,
    name: item.name,
    detail: item.detail ?? '',
    path,
    span: spanOf(item.range),
    nameSpan: spanOf(item.selectionRange),
  }
  return find(project.analysis, asked, { textOf: files.readText, names }).map((call) => ({
    call,
    project: project.path,
    path,
  }))
}

const symbolKinds: Readonly<Record<HierarchyItem['kind'], SymbolKind>> = {
  feature: SymbolKind.Function,
  column: SymbolKind.Field,
  function: SymbolKind.Function,
  method: SymbolKind.Method,
  class: SymbolKind.Class,
  file: SymbolKind.File,
  variable: SymbolKind.Variable,
}

function toItem(places: Places, item: HierarchyItem, project: string): CallHierarchyItem {
  const document = places.document(item.path)
  const data: ItemData = { project, kind: item.kind, ...(item.of && { of: item.of }) }
  return {
    name: item.name,
    kind: symbolKinds[item.kind],
    detail: item.detail,
    uri: places.uriOf(item.path),
    range: toRange(document, item.span),
    selectionRange: toRange(document, item.nameSpan),
    data,
  }
}

const rangesIn = (places: Places, path: string, { places: spans }: HierarchyCall) =>
  spans.map((span) => toRange(places.document(path), span))
