import type { ImportedName } from '../source/typescript/features.ts'
import { outlineOf } from '../source/typescript/outline.ts'
import type { CodeFile } from './code.ts'

/** The text of a file with more imported names, each in the list of its module, or in a declaration after the others. */
export function withImports({ path, text }: CodeFile, names: readonly ImportedName[], end: string): string {
  let result = text
  for (const name of names) result = withImport({ path, text: result }, name, end)
  return result
}

function withImport({ path, text }: CodeFile, wanted: ImportedName, lineEnd: string): string {
  const parts = outlineOf(path, text)
  const imports = parts.filter((part) => part.imports)
  const isNamed = wanted.name !== 'default' && wanted.name !== '*' && wanted.name !== ''
  for (const { from, span } of isNamed ? imports : []) {
    const declaration = text.slice(from, span.end)
    const list = namedList(declaration, wanted.from)
    // A list of types takes no values, and a list of values takes a type only with its word.
    if (list && (wanted.isType || !/^import\s+type\b/.test(declaration))) {
      const isOfTypes = /^import\s+type\b/.test(declaration)
      const element = specifier({ ...wanted, ...(isOfTypes && { isType: undefined }) })
      return text.slice(0, from + list.end) + list.separator + element + text.slice(from + list.end)
    }
  }
  const last = imports.at(-1)
  const end = last && /;$/.test(text.slice(last.from, last.span.end).trimEnd()) ? ';' : ''
  const line = declarationOf(wanted) + end
  if (last) return `${text.slice(0, last.span.end)}${lineEnd}${line}${text.slice(last.span.end)}`
  const at = parts[0]?.span.start ?? text.length
  return text.slice(0, at) + line + lineEnd + lineEnd + text.slice(at)
}

/** Where the names of `import { a, b } from 'module'` end, and what separates one more from them. */
function namedList(
  declaration: string,
  module: string,
): { readonly end: number; readonly separator: string } | undefined {
  const match = /\{([^}]*?)(,?)(\s*)\}\s*from\s*(['"])(.*?)\4/.exec(declaration)
  if (!match || match[5] !== module || match[1] === undefined) return undefined
  const end = match.index + 1 + match[1].length + (match[2] as string).length
  const isEmpty = match[1].trim() === ''
  return { end, separator: isEmpty ? ' ' : match[2] === ',' ? ' ' : ', ' }
}

const specifier = ({
  local,
  name,
  isType,
}: Omit<ImportedName, 'isType'> & { readonly isType?: true | undefined }): string =>
  `${isType ? 'type ' : ''}${local === name ? name : `${name} as ${local}`}`

function declarationOf(wanted: ImportedName): string {
  const { local, name, from, isType } = wanted
  const word = isType ? 'import type' : 'import'
  if (name === '') return `import '${from}'`
  if (name === 'default') return `${word} ${local} from '${from}'`
  if (name === '*') return `${word} * as ${local} from '${from}'`
  return `${word} { ${specifier({ local, name, from })} } from '${from}'`
}
