import { SourceMap, type SourceMapPayload } from 'node:module'
import { ts } from 'ts-morph'

/** A feature file as the program that node runs, with the way back to the author's text. */
export interface Transpiled {
  readonly code: string
  readonly map: SourceMap
  /** First thing that keeps the text from being a program; `offset` is in the author's text. */
  readonly syntaxError?: { readonly message: string; readonly offset: number }
}

/** Turns TypeScript or JavaScript with `import`/`export` into CommonJS. Types are removed, never checked. */
export function transpile(path: string, text: string): Transpiled {
  const output = ts.transpileModule(text, {
    fileName: path.replace(/\.[cm]([jt]s)$/, '.$1'),
    reportDiagnostics: true,
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
    ...(first && {
      syntaxError: { message: ts.flattenDiagnosticMessageText(first.messageText, ' '), offset: first.start ?? 0 },
    }),
  }
}
