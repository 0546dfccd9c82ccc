import type { TextEdit as FileEdit, Fix, Span } from '@modeldriver/engine'
import type { FileEdits } from '@modeldriver/protocol'
import type {
  ClientCapabilities,
  CreateFile,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node'
import { type Places, toRange } from './to-lsp.ts'

/** Places, and the versions of open texts, so that an edit never meets a text that moved on. */
export interface EditPlaces extends Places {
  readonly versionOf: (path: string) => number | undefined
}

/**
 * Edits of several files as one undoable step. Undefined when they make a file and the editor cannot do that in an edit.
 * With `confirm` the editor asks before it changes anything, if it can.
 */
export function toWorkspaceEdit(
  places: EditPlaces,
  client: ClientCapabilities,
  { edits, confirm }: Pick<Fix, 'edits' | 'confirm'>,
): WorkspaceEdit | undefined {
  const { documentChanges, resourceOperations, changeAnnotationSupport } = client.workspace?.workspaceEdit ?? {}
  const byPath = grouped(edits)
  const canType = client.workspace?.workspaceEdit?.snippetEditSupport === true
  const isNew = (path: string) => !places.document(path)
  if ([...byPath.keys()].some(isNew) && !(documentChanges && resourceOperations?.includes('create'))) return undefined
  if (!documentChanges) {
    const changes = [...byPath].map(([path, own]) => [places.uriOf(path), own.map((edit) => toTextEdit(places, edit))])
    return { changes: Object.fromEntries(changes) }
  }
  const annotation = confirm !== undefined && changeAnnotationSupport ? { annotationId: 'confirm' } : undefined
  return {
    documentChanges: [...byPath].flatMap(([path, own]): (CreateFile | TextDocumentEdit)[] => [
      ...(isNew(path) ? [{ kind: 'create' as const, uri: places.uriOf(path), ...annotation }] : []),
      {
        textDocument: { uri: places.uriOf(path), version: places.versionOf(path) ?? null },
        edits: own.map((edit) => ({
          ...(canType && edit.typeOver ? toSnippet(places, edit, edit.typeOver) : toTextEdit(places, edit)),
          ...annotation,
        })),
      },
    ]),
    ...(annotation && { changeAnnotations: { confirm: { label: confirm ?? '', needsConfirmation: true } } }),
  }
}

/** The same for our own client, file by file. */
export const toFileEdits = (places: Places, edits: readonly FileEdit[]): readonly FileEdits[] =>
  [...grouped(edits)].map(([path, own]) => ({
    uri: places.uriOf(path),
    edits: own.map((edit) => toTextEdit(places, edit)),
  }))

function grouped(edits: readonly FileEdit[]): ReadonlyMap<string, readonly FileEdit[]> {
  const byPath = new Map<string, FileEdit[]>()
  for (const edit of edits) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit])
  return byPath
}

const toTextEdit = (places: Places, { path, span, text }: FileEdit): TextEdit => ({
  range: toRange(places.document(path), span),
  newText: text,
})

function toSnippet(places: Places, { path, span, text }: FileEdit, typeOver: Span): SnippetTextEdit {
  const plain = (part: string) => part.replace(/[\\$}]/g, '\\$&')
  const [before, typed, after] = [
    text.slice(0, typeOver.start),
    text.slice(typeOver.start, typeOver.end),
    text.slice(typeOver.end),
  ].map(plain)
  return {
    range: toRange(places.document(path), span),
    snippet: { kind: 'snippet', value: `${before}\${1:${typed}}${after}` },
  }
}
