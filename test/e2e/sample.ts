import { readFileSync } from 'node:fs'

/** A feature as it stands in a file: read by a pattern over the text, not by the product's parser. */
export interface Signature {
  readonly name: string
  /** Parameters without a default: those must come from somewhere. */
  readonly inputs: readonly string[]
}

/** Exported functions with parameters on one line, as the samples write them. */
export function signatures(path: string): Signature[] {
  const pattern = /^export function (\w+)\(([^)]*)\)/gm
  return [...readFileSync(path, 'utf8').matchAll(pattern)].map(([, name = '', inputs = '']) => ({
    name,
    inputs: inputs
      .split(',')
      .filter((input) => !input.includes('='))
      .flatMap((input) => /^\s*(\w+)/.exec(input)?.[1] ?? []),
  }))
}

/** Rows of a CSV file by header, as text: quoted cells and doubled quotes, no line breaks in cells. */
export function csvRows(path: string): Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/).map(cells)
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])))
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  )
}
