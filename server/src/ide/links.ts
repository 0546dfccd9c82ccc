import { type Analysis, basename, join, manifestPaths, type Span } from '@modeldriver/engine'
import { t } from '@vscode/l10n'

/** A path in the manifest that leads to a file. */
export interface FileLink {
  readonly span: Span
  readonly path: string
  readonly tooltip: string
}

/** The data, inputs, joined files and feature files that a manifest names, where each is one file. */
export function linksOf(analysis: Analysis, path: string): readonly FileLink[] {
  const { project, manifestText, headers } = analysis.snapshot
  if (project.kind !== 'manifest' || path !== project.path || manifestText === undefined) return []
  const featureFiles = new Set(project.models.flatMap((model) => model.featureFiles))
  const tables = new Set(
    project.models.flatMap(({ input, joins = [] }) =>
      [input, ...joins.map(({ source }) => source)].flatMap((table) => (table.kind === 'file' ? [table.path] : [])),
    ),
  )
  return manifestPaths(manifestText).flatMap(({ role, name, span }): FileLink[] => {
    const target = join(project.root, name)
    if (role === 'features')
      return featureFiles.has(target) ? [{ span, path: target, tooltip: t('Open {0}', basename(target)) }] : []
    if (!tables.has(target)) return []
    const header = headers.get(target)
    const columns = header?.kind === 'header' ? header.columns.length : undefined
    return [{ span, path: target, tooltip: tooltipOf(basename(target), columns) }]
  })
}

function tooltipOf(name: string, columns: number | undefined): string {
  if (columns === undefined) return t('Open {0}', name)
  return columns === 1 ? t('Open {0} (1 column)', name) : t('Open {0} ({1} columns)', name, columns)
}
