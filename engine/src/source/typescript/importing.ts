import type { TextEdit } from '../../ir/edit.ts'
import type { LocalRename, SourceText } from '../names.ts'
import { ts } from './parse.ts'
import { clashAround, clashAtTop, placeEdit, placesIn, sourceOf } from './renaming.ts'
import { namePlaces } from './service.ts'

/** Follows a function that another file exported as `before` and now exports as `name`. `from` is that file's path. */
export function renameImport(
  service: ts.LanguageService,
  file: SourceText,
  from: string,
  before: string,
  name: string,
): LocalRename {
  const source = sourceOf(service, file.path)
  const edits: TextEdit[] = []
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue
    if (!pointsTo(file.path, statement.moduleSpecifier, from)) continue
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause
    if (!bindings) continue
    if (ts.isNamespaceImport(bindings)) edits.push(...members(service, source, bindings, before, name))
    if (!ts.isNamedImports(bindings) && !ts.isNamedExports(bindings)) continue
    for (const element of bindings.elements) {
      const written = element.propertyName ?? element.name
      if (written.text !== before) continue
      if (element.propertyName) edits.push(nodeEdit(source, written, name))
      else if (ts.isExportSpecifier(element)) edits.push(nodeEdit(source, written, `${name} as ${before}`))
      else edits.push(...imported(service, source, element, name))
    }
  }
  return { kind: 'edits', edits }
}

/** `import { total }`: its uses follow; where the new name stands for something else, the file keeps its own. */
function imported(
  service: ts.LanguageService,
  source: ts.SourceFile,
  element: ts.ImportSpecifier,
  name: string,
): readonly TextEdit[] {
  const start = element.name.getStart()
  const places = namePlaces(service, source.fileName, start)
  if (clashAtTop(source, name) ?? clashAround(placesIn(source, places), name))
    return [nodeEdit(source, element.name, `${name} as ${element.name.text}`)]
  return places.map((place) =>
    place.textSpan.start === start ? nodeEdit(source, element.name, name) : placeEdit(source.fileName, place, name),
  )
}

/** `sales.total` and `sales['total']` of `import * as sales`. */
function members(
  service: ts.LanguageService,
  source: ts.SourceFile,
  binding: ts.NamespaceImport,
  before: string,
  name: string,
): readonly TextEdit[] {
  return placesIn(source, namePlaces(service, source.fileName, binding.name.getStart())).flatMap(({ parent }) => {
    if (ts.isPropertyAccessExpression(parent) && parent.name.text === before)
      return [nodeEdit(source, parent.name, name)]
    if (ts.isQualifiedName(parent) && parent.right.text === before) return [nodeEdit(source, parent.right, name)]
    if (!ts.isElementAccessExpression(parent)) return []
    const key = parent.argumentExpression
    return ts.isStringLiteralLike(key) && key.text === before ? [nodeEdit(source, key, JSON.stringify(name))] : []
  })
}

const nodeEdit = (source: ts.SourceFile, node: ts.Node, text: string): TextEdit => ({
  path: source.fileName,
  span: { start: node.getStart(source), end: node.end },
  text,
})

/** Whether a module's name, as `file` writes it, means the file `path`: with its extension, without one, or as `.js`. */
function pointsTo(file: string, specifier: ts.Expression | undefined, path: string): boolean {
  if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return false
  const folders = file.split('/').slice(0, -1)
  for (const part of specifier.text.split('/')) {
    if (part === '..') folders.pop()
    else if (part !== '.') folders.push(part)
  }
  const bare = (name: string) => name.replace(/\.[mc]?[jt]s$/, '')
  return bare(folders.join('/')) === bare(path)
}
