import { type Analysis, isFeatureFile, join, manifestPaths, pathFrom, type TextEdit } from '@modeldriver/engine'

/** A file or folder, and where it will be. */
export interface Move {
  readonly from: string
  readonly to: string
}

/** The new paths of feature files and data in the manifest that names them. Patterns stay as they are. */
export function movedFileEdits(analysis: Analysis, moves: readonly Move[]): readonly TextEdit[] {
  const { project, manifestText } = analysis.snapshot
  if (project.kind !== 'manifest' || manifestText === undefined) return []
  const { path, root } = project
  const tables = new Set(project.models.map(({ name }) => name))
  return manifestPaths(manifestText).flatMap(({ role, name, span }): readonly TextEdit[] => {
    if (/[*?{[]/.test(name) || tables.has(name.replace(/\.(?:rows|groups|outputs)$/, ''))) return []
    const to = placeAfter(join(root, name), moves)
    const written = to && pathFrom(root, to)
    // Feature files stand beside the manifest or below it.
    if (!written || (role === 'features' && (written.startsWith('..') || !isFeatureFile(to)))) return []
    const start = name.startsWith('./') && !written.startsWith('..') ? './' : ''
    return [{ path, span, text: JSON.stringify(start + written).slice(1, -1) }]
  })
}

function placeAfter(path: string, moves: readonly Move[]): string | undefined {
  const move = moves.find(({ from }) => path === from || path.startsWith(`${from}/`))
  return move && move.to + path.slice(move.from.length)
}
