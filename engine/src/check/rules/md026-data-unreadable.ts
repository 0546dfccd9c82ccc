import type { FileInput } from '../../ir/model.ts'
import { isDataFile } from '../../model/dataFiles.ts'
import { isSkippedFolder } from '../../model/featureFiles.ts'
import type { HeaderOptions } from '../../model/files.ts'
import { headerFor, joinReading, ownReading } from '../../model/headers.ts'
import { basename, dirname, join, relative } from '../../model/paths.ts'
import { closest } from '../../model/suggest.ts'
import { replace } from '../edits.ts'
import { changeTo } from '../manifestEdits.ts'
import { type Finding, type FixContext, inManifest, type Rule, type RuleContext } from '../rule.ts'

const filesOffered = 5
const foldersDeep = 3

/** MD026: a data file cannot be read. */
export const dataUnreadable: Rule = {
  code: 'MD026',
  name: 'data-unreadable',
  severity: 'error',
  doc: `The data file of a model, or of one of its joins, cannot be read: it is not there, it is no table, or its format is not known.
Of a table that is given in code: a column that is read holds values of several types, or lists or objects.

**What to do:** correct the path (it is seen from the folder of modeldriver.json) or the file. While the file cannot be read, inputs
are not checked.`,
  *check(context) {
    for (const { model } of context.models) {
      const { input, joins = [] } = model
      if (input.kind === 'file') yield* unreadable(context, model.name, input, ownReading(model))
      for (const { source } of joins)
        if (source.kind === 'file') yield* unreadable(context, model.name, source, joinReading(model, { source }))
    }
  },
  *fixes(context, problem) {
    yield* changeTo(problem)
    const { path, span, data } = problem
    const { root, kind } = context.snapshot.project
    if (kind !== 'manifest' || typeof data?.path !== 'string') return
    const { slashes } = data
    if (typeof slashes === 'string') yield { title: `Write ${slashes}`, edits: [replace(path, span, slashes)] }
    const near = nearFiles(context, root, data.path).filter((file) => file !== slashes)
    for (const file of near)
      yield {
        title: `Choose ${file}`,
        edits: [replace(path, span, JSON.stringify(file).slice(1, -1))],
        ...(near.length === 1 && { isPreferred: true }),
      }
  },
}

function* unreadable(
  context: RuleContext,
  model: string,
  { path, span, sheet }: FileInput,
  reading: HeaderOptions,
): Iterable<Finding> {
  const { project, manifestProblems } = context.snapshot
  const { header } = headerFor(context.snapshot, path, reading)
  const isBroken = manifestProblems.some((each) => span && each.span.start <= span.end && span.start <= each.span.end)
  if (header?.kind !== 'unreadable' || isBroken) return
  const written = relative(project.root, path)
  if (sheet && header.sheets) {
    const near = closest(sheet.name, header.sheets)
    const suggestions = near.length > 0 ? near : header.sheets.slice(0, filesOffered)
    const message = `Cannot read ${written}: ${header.reason}.`
    yield { ...inManifest(context, sheet.span, message), model, data: { name: sheet.name, suggestions } }
    return
  }
  const address = /^([a-z][a-z\d+.-]+):\/+(.*)$/i.exec(written)
  const slashes = written.includes('\\') ? written.replaceAll(/\\+/g, '/') : undefined
  const message = address
    ? `Cannot read ${address[1]}://${address[2]}: only files are read. Save it beside the manifest, and write the path of the file here.`
    : slashes !== undefined
      ? `Cannot read ${written}: ${header.reason}. Folders are separated by / here: ${slashes}.`
      : `Cannot read ${written}: ${header.reason}.`
  yield { ...inManifest(context, span, message), model, data: { path, ...(slashes && { slashes }) } }
}

/** Data files of the project by their likeness: those of nearly the same name, else those of the same folder, else all. */
function nearFiles({ list, snapshot }: FixContext, root: string, path: string): readonly string[] {
  const files = filesBelow(list, root, foldersDeep).filter(
    (file) => file !== path && snapshot.headers.get(file)?.kind !== 'unreadable',
  )
  const named = closest(basename(path), new Set(files.map(basename)))
  const alike = files.filter((file) => basename(file) === basename(path) || named.includes(basename(file)))
  const beside = files.filter((file) => dirname(file) === dirname(path))
  const chosen = alike.length > 0 ? alike : beside.length > 0 ? beside : files
  return chosen.slice(0, filesOffered).map((file) => relative(root, file))
}

function filesBelow(list: FixContext['list'], folder: string, depth: number): readonly string[] {
  return list(folder).flatMap((name) => {
    if (!name.endsWith('/')) return isDataFile(name) ? [join(folder, name)] : []
    return depth === 0 || isSkippedFolder(name) ? [] : filesBelow(list, join(folder, name.slice(0, -1)), depth - 1)
  })
}
