import type { Span } from '../../ir/span.ts'
import type { CallItem, CallPlaces } from '../names.ts'
import { ts } from './parse.ts'

// Who calls whom inside of one file.

export function callItem(service: ts.LanguageService, path: string, offset: number): CallItem | undefined {
  const found = service.prepareCallHierarchy(path, offset)
  const [item] = Array.isArray(found) ? found : [found]
  return item && itemOf(item)
}

export const callers = (service: ts.LanguageService, path: string, offset: number): readonly CallPlaces[] =>
  service
    .provideCallHierarchyIncomingCalls(path, offset)
    .map(({ from, fromSpans }) => ({ item: itemOf(from), places: fromSpans.map(spanOf) }))

export const callees = (service: ts.LanguageService, path: string, offset: number): readonly CallPlaces[] =>
  service
    .provideCallHierarchyOutgoingCalls(path, offset)
    .map(({ to, fromSpans }) => ({ item: itemOf(to), places: fromSpans.map(spanOf) }))

const kinds: Readonly<Partial<Record<ts.ScriptElementKind, CallItem['kind']>>> = {
  [ts.ScriptElementKind.functionElement]: 'function',
  [ts.ScriptElementKind.localFunctionElement]: 'function',
  [ts.ScriptElementKind.memberFunctionElement]: 'method',
  [ts.ScriptElementKind.memberGetAccessorElement]: 'method',
  [ts.ScriptElementKind.memberSetAccessorElement]: 'method',
  [ts.ScriptElementKind.constructorImplementationElement]: 'method',
  [ts.ScriptElementKind.classElement]: 'class',
  [ts.ScriptElementKind.localClassElement]: 'class',
  [ts.ScriptElementKind.moduleElement]: 'file',
  [ts.ScriptElementKind.scriptElement]: 'file',
}

/** What runs at the top of the file is the file itself; its name is its path there, of which the last part is enough. */
function itemOf({ name, kind, span, selectionSpan }: ts.CallHierarchyItem): CallItem {
  const shown = kinds[kind] ?? 'variable'
  return {
    name: shown === 'file' ? name.slice(name.lastIndexOf('/') + 1) : name,
    kind: shown,
    span: spanOf(span),
    nameSpan: spanOf(selectionSpan),
  }
}

const spanOf = ({ start, length }: ts.TextSpan): Span => ({ start, end: start + length })
