import type { DataHeader } from '../ir/model.ts'
import { isWorkbook } from '../model/dataFiles.ts'
import type { FileSystem, HeaderOptions } from '../model/files.ts'
import { join } from '../model/paths.ts'
import { readDelimited } from '../table/csv.ts'
import { headerWithFacts } from '../table/facts.ts'

/**
 * A small project written as one text, with marks:
 *
 * - `//- /path` starts a file; without one the text is `/main.features.ts`;
 * - `$0` is the cursor (removed from the text);
 * - `//^^^ MD001` under a line: a problem with that code at exactly the marked columns. `//   ^^^ MD001: part of the message`
 *   also asks for the words. In the manifest (JSON with comments) the same marks work. A marked line is no part of the file;
 * - a workbook has a line `[name]` before each sheet.
 */
export interface Fixture {
  readonly files: ReadonlyMap<string, string>
  readonly cursor?: { readonly path: string; readonly offset: number }
  readonly expected: readonly ExpectedProblem[]
}

export interface ExpectedProblem {
  readonly path: string
  readonly start: number
  readonly end: number
  readonly code: string
  readonly words: string
}

const mark = /^\s*\/\/\s*(\^+)\s*(MD\d{3})(?::\s*(.*))?$/

export function parseFixture(text: string): Fixture {
  const files = new Map<string, string>()
  const expected: ExpectedProblem[] = []
  let cursor: Fixture['cursor']
  for (const { path, lines } of splitFiles(text)) {
    let content = ''
    let lineStart = 0
    for (const line of lines) {
      const found = mark.exec(line)
      if (found) {
        const start = lineStart + line.indexOf('^')
        expected.push({
          path,
          start,
          end: start + (found[1] as string).length,
          code: found[2] as string,
          words: found[3] ?? '',
        })
        continue
      }
      const at = line.indexOf('$0')
      lineStart = content.length
      if (at >= 0) cursor = { path, offset: lineStart + at }
      content += `${at >= 0 ? line.slice(0, at) + line.slice(at + 2) : line}\n`
    }
    files.set(path, content)
  }
  return { files, expected, ...(cursor && { cursor }) }
}

/** The files of a fixture as the engine sees files. */
export function memoryFiles(files: ReadonlyMap<string, string>): FileSystem {
  return {
    readText: (path) => files.get(path),
    list: (folder) => {
      const names = [...files.keys()].flatMap((path) => {
        const prefix = folder === '/' ? '/' : `${folder}/`
        if (!path.startsWith(prefix)) return []
        const [first, ...rest] = path.slice(prefix.length).split('/')
        return [rest.length > 0 ? `${first}/` : (first as string)]
      })
      return [...new Set(names)].sort()
    },
    readHeader: (path, options) => {
      const text = files.get(path)
      if (text === undefined) return { kind: 'unreadable', reason: 'file not found' }
      if (isWorkbook(path)) return sheetHeader(text, options)
      return textHeader(text, options)
    },
  }
}

/** A workbook as text: a line `[name]` before each sheet. */
function sheetHeader(text: string, options: HeaderOptions): DataHeader {
  const parts = text.split(/^\[(.+)\]\n/m).slice(1)
  const sheets = parts.filter((_, index) => index % 2 === 0)
  const at = options.sheet === undefined ? 0 : sheets.indexOf(options.sheet)
  if (at < 0) return { kind: 'unreadable', reason: `it has no sheet '${options.sheet}'`, sheets }
  return { ...textHeader(parts[at * 2 + 1] ?? '', options), sheets }
}

function textHeader(text: string, options: HeaderOptions): DataHeader {
  const read = readDelimited(text, options)
  return { kind: 'header', ...headerWithFacts(read, true) }
}

function splitFiles(text: string): { path: string; lines: string[] }[] {
  const lines = text.replace(/^\n/, '').split('\n')
  if (lines.at(-1)?.trim() === '') lines.pop()
  const indent = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  )
  const files: { path: string; lines: string[] }[] = []
  for (const raw of lines) {
    const line = raw.slice(indent)
    const header = /^\/\/- (\S+)$/.exec(line)
    if (header) files.push({ path: join('/', header[1] as string), lines: [] })
    else {
      if (files.length === 0) files.push({ path: '/main.features.ts', lines: [] })
      files.at(-1)?.lines.push(line)
    }
  }
  return files
}
