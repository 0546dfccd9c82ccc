import type { Analysis, Location } from '@modeldriver/engine'
import { locationOf } from './sources.ts'
import { subjectAt, type TextOf } from './subject.ts'

/**
 * Where the column or feature that a parameter or the manifest names is made: the upstream feature, the data's header cell, the
 * manifest. Of a function's name and of uses in a body TypeScript knows it.
 */
export function definitionAt(analysis: Analysis, path: string, offset: number, textOf: TextOf): Location | undefined {
  const subject = subjectAt(analysis, path, offset, textOf)
  if (!subject) return modelAt(analysis, path, offset)
  const isTypeScripts = subject.place === 'feature' || subject.place === 'use'
  return isTypeScripts ? undefined : locationOf(analysis, subject.source)
}

/** The same from wherever the column or feature is named or read, also in a body. */
export function originAt(analysis: Analysis, path: string, offset: number, textOf: TextOf): Location | undefined {
  const subject = subjectAt(analysis, path, offset, textOf)
  return subject ? locationOf(analysis, subject.source) : modelAt(analysis, path, offset)
}

/** The model whose table another one reads or joins. */
function modelAt({ snapshot: { project } }: Analysis, path: string, offset: number): Location | undefined {
  if (path !== project.path) return undefined
  const tables = project.models.flatMap(({ input, joins = [] }) => [input, ...joins.map(({ source }) => source)])
  for (const table of tables) {
    if (table.kind !== 'model' || !table.span || offset < table.span.start || offset > table.span.end) continue
    const span = project.models.find(({ name }) => name === table.model)?.nameSpan
    return span && { path, span }
  }
  return undefined
}
