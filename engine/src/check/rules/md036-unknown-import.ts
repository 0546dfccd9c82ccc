import type { Fix, TextEdit } from '../../ir/edit.ts'
import type { FeatureFile, Import, ImportedName } from '../../ir/feature.ts'
import { moduleKey } from '../../model/modules.ts'
import { basename } from '../../model/paths.ts'
import { closest } from '../../model/suggest.ts'
import { importableNames, libraryModule } from '../../source/typescript/library.ts'
import { replace, rewriteNames } from '../edits.ts'
import { didYouMean, type Finding, type Rule, type RuleContext } from '../rule.ts'

/** MD036: an import of a file, a package or a name that is not there. */
export const unknownImport: Rule = {
  code: 'MD036',
  name: 'unknown-import',
  severity: 'error',
  doc: `A file imports what is not there: a file that does not exist, a package that is not installed, or a name that the other file or
'modeldriver' does not have. The file cannot be loaded then, or the name is nothing when it is used.

\`\`\`ts
/* round */ import { rond } from 'modeldriver'
/* no rates.ts beside this file */ import { rate } from './rates'
\`\`\`

**What to do:** correct the name. Packages are installed with npm in the folder of the project.`,
  *check(context) {
    for (const { model } of context.models) {
      for (const path of model.featureFiles) {
        for (const each of context.snapshot.files.get(path)?.imports ?? [])
          for (const finding of inImport(context, path, each)) yield { ...finding, model: model.name }
      }
    }
  },
  *fixes({ snapshot }, { path, span, data }): Iterable<Fix> {
    const file = snapshot.files.get(path)
    const imported = file?.imports?.flatMap(({ names }) => names).find((name) => name.span.start === span.start)
    const suggestions = Array.isArray(data?.suggestions) ? data.suggestions.map(String) : []
    for (const suggestion of suggestions)
      yield {
        title: `Change to '${suggestion}'`,
        edits: [replace(path, span, suggestion), ...(file ? usesOf(file, imported, suggestion) : [])],
        ...(suggestions.length === 1 && { isPreferred: true }),
      }
  },
}

/** What is not imported under a name of its own is used under the other module's. */
function usesOf(file: FeatureFile, imported: ImportedName | undefined, name: string): readonly TextEdit[] {
  if (!imported || imported.local !== imported.name) return []
  return [...file.features, ...file.helpers].flatMap(({ span, sites }) =>
    rewriteNames(
      file.path,
      span.start,
      sites.own.filter((site) => site.name === imported.local),
      name,
    ),
  )
}

function inImport(context: RuleContext, path: string, imported: Import): readonly Finding[] {
  const { from, names } = imported
  if (from === libraryModule)
    return names
      .filter(({ name, isValue }) => name !== 'default' && !importableNames.has(name) && isMeant(name, isValue))
      .map(({ name, span }) => notThere(path, span, `'modeldriver' has no '${name}'.`, closest(name, importableNames)))
  const key = moduleKey(path, from)
  const found = key === undefined ? undefined : context.snapshot.modules?.get(key)
  if (!found) return []
  if (found.path === undefined) return isNeeded(imported) ? [noModule(path, imported, found.near ?? [])] : []
  const { names: there } = found
  if (!there) return []
  return names
    .filter(({ name, isValue }) => name !== 'default' && !there.has(name) && isMeant(name, isValue))
    .map(({ name, span }) => {
      const message = `'${from}' has no '${name}'.`
      return notThere(
        path,
        span,
        message,
        closest(
          name,
          [...there].filter((other) => other.length > 2),
        ).slice(0, 1),
      )
    })
}

/** A name that begins with a capital and is no value is a type, which is not asked for when the file is loaded. */
const isMeant = (name: string, isValue: boolean): boolean => isValue || !/^[A-Z]/.test(name)

const isNeeded = ({ names }: Import): boolean =>
  names.length === 0 || names.some(({ local, isValue }) => isMeant(local, isValue))

function noModule(path: string, { from, span }: Import, near: readonly string[]): Finding {
  const folder = from.slice(0, from.lastIndexOf('/') + 1)
  if (from.startsWith('.'))
    return notThere(
      path,
      span,
      `There is no file '${from}', so ${basename(path)} cannot be loaded.`,
      near.map((name) => folder + name),
    )
  return {
    message: `The package '${from}' is not installed, so ${basename(path)} cannot be loaded. Install it with npm, or write the function in this file.`,
    path,
    span,
  }
}

function notThere(path: string, span: Finding['span'], what: string, suggestions: readonly string[]): Finding {
  const todo = suggestions.length > 0 ? didYouMean(suggestions) : ' Correct the name.'
  return { message: `${what}${todo}`, path, span, data: { suggestions } }
}
