import { URI } from 'vscode-uri'

/** The engine's form of a document's place: absolute with `/`. Undefined for what has no place among the files. */
export function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri)
  if (parsed.scheme !== 'file' && parsed.scheme !== 'untitled') return undefined
  const path = parsed.fsPath.replaceAll('\\', '/')
  return path.startsWith('/') || /^[a-zA-Z]:\//.test(path) ? path : undefined
}

export const uriOf = (path: string): string => URI.file(path).toString()
