import { expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { toWorkspaceEdit } from './workspace-edit.ts'

const open = TextDocument.create('file:///a.features.ts', 'typescript', 7, 'one\ntwo\n')
const places = {
  document: (path: string) => (path === '/a.features.ts' ? open : undefined),
  uriOf: (path: string) => `file://${path}`,
  versionOf: (path: string) => (path === '/a.features.ts' ? 7 : undefined),
}
const edit = (path: string, start = 0, end = start) => ({ path, span: { start, end }, text: 'x' })
const full = {
  workspace: {
    workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const], changeAnnotationSupport: {} },
  },
}

test('edits of one file stand together, at their lines, for the version they were made for', () => {
  expect(toWorkspaceEdit(places, full, { edits: [edit('/a.features.ts', 0, 3), edit('/a.features.ts', 4)] })).toEqual({
    documentChanges: [
      {
        textDocument: { uri: 'file:///a.features.ts', version: 7 },
        edits: [
          { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } }, newText: 'x' },
          { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, newText: 'x' },
        ],
      },
    ],
  })
})

test('a file that is not there is made first, where the editor can', () => {
  const made = toWorkspaceEdit(places, full, { edits: [edit('/b.csv')] })
  expect(made?.documentChanges).toMatchObject([
    { kind: 'create', uri: 'file:///b.csv' },
    { textDocument: { uri: 'file:///b.csv', version: null } },
  ])
  expect(toWorkspaceEdit(places, {}, { edits: [edit('/b.csv')] })).toBeUndefined()
})

test('what must be confirmed says why; an editor that cannot ask makes it', () => {
  const change = { edits: [edit('/a.features.ts')], confirm: 'It is read elsewhere.' }
  expect(toWorkspaceEdit(places, full, change)).toMatchObject({
    documentChanges: [{ edits: [{ annotationId: 'confirm' }] }],
    changeAnnotations: { confirm: { label: 'It is read elsewhere.', needsConfirmation: true } },
  })
  expect(toWorkspaceEdit(places, {}, change)).toEqual({
    changes: { 'file:///a.features.ts': [{ range: expect.anything(), newText: 'x' }] },
  })
})
