import { SourceMap, type SourceMapPayload } from 'node:module'
import { ts } from 'ts-morph'
import { oneMissingValue } from './missing.ts'

/** A feature file as the program that node runs, with the way back to the author's text. */
export interface Transpiled {
  readonly code: string
  readonly map: SourceMap
  /** Names it imports from `modeldriver` and uses as values; `offset` is in the author's text. */
  readonly libraryImports: readonly { readonly name: string; readonly offset: number }[]
  /** First thing that keeps the text from being a program; `offset` is in the author's text. */
  readonly syntaxError?: { readonly message: string; readonly offset: number }
}

/** Turns TypeScript or JavaScript with `import`/`export` into CommonJS with one missing value. Types are removed, never checked. */
export function transpile(path: string, text: string): Transpiled {
  const output = ts.transpileModule(text, {
    fileName: path.replace(/\.[cm]([jt]s)$/, '.$1'),
    reportDiagnostics: true,
    transformers: { before: [oneMissingValue] },
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      allowJs: true,
      sourceMap: true,
    },
  })
  const first = output.diagnostics?.find((diagnostic) => diagnostic.category === ts.DiagnosticCategory.Error)
  return {
    code: output.outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'),
    map: new SourceMap(JSON.parse(output.sourceMapText ?? '{}') as SourceMapPayload),
    libraryImports: libraryImports(path, text, output.outputText),
    ...(first && {
      syntaxError: { message: ts.flattenDiagnosticMessageText(first.messageText, ' '), offset: first.start ?? 0 },
    }),
  }
}

function libraryImports(path: string, text: string, code: string): Transpiled['libraryImports'] {
  // What is only a type is imported but not in the code.
  const used = new Set([...code.matchAll(/\bmodeldriver_\d+\.([\p{L}\p{N}_$]+)/gu)].map(([, name]) => name))
  if (used.size === 0) return []
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022)
  return statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return []
    const bindings = statement.importClause?.namedBindings
    if (statement.moduleSpecifier.text !== 'modeldriver' || !bindings || !ts.isNamedImports(bindings)) return []
    return bindings.elements
      .map(({ name, propertyName }) => propertyName ?? name)
      .filter(({ text: name }) => used.has(name))
      .map((name) => ({ name: name.text, offset: name.end - name.text.length }))
  })
}
