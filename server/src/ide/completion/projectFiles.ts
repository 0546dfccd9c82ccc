import { type AnalysedModel, isDataFile, isFeatureFile, isSkippedFolder, join, relative } from '@modeldriver/engine'
import type { CompletionContext } from './list.ts'
import type { Proposal } from './manifestNames.ts'

/** Feature files of the folder: those of no model first, then patterns for folders of several. */
export function featureFiles({ analysis, list }: CompletionContext): readonly Proposal[] {
  const { root, models } = analysis.snapshot.project
  const paths = filesBelow(root, list).filter(isFeatureFile)
  const isUsed = (path: string) => models.some(({ featureFiles: own }) => own.includes(path))
  const folders = paths.map((path) => path.slice(0, path.lastIndexOf('/'))).filter((folder) => folder !== root)
  const shared = [...new Set(folders.filter((folder, index) => folders.indexOf(folder) !== index))]
  return [
    ...[...paths].sort((a, b) => Number(isUsed(a)) - Number(isUsed(b))).map((path) => fileItem(relative(root, path))),
    ...shared.map((folder) => fileItem(`${relative(root, folder)}/*.features.ts`)),
  ]
}

/** Data files of the folder, with their paths. */
export function dataFiles({ analysis, list }: CompletionContext): readonly Proposal[] {
  const { root } = analysis.snapshot.project
  return filesBelow(root, list)
    .filter(isDataFile)
    .map((path) => fileItem(relative(root, path)))
}

/** Tables of the models before this one. */
export function tables({ analysis }: CompletionContext, model: AnalysedModel | undefined): readonly Proposal[] {
  const end = model ? analysis.models.indexOf(model) : analysis.models.length
  return analysis.models.slice(0, end).flatMap(({ model: { name, groupBy }, provides }) =>
    (['outputs', 'rows', 'groups'] as const)
      .filter((table) => table !== 'groups' || groupBy)
      .map((table): Proposal => {
        const count = provides[table]?.size
        const origin = count === undefined ? {} : { origin: `${count} ${count === 1 ? 'column' : 'columns'}` }
        return { label: `${name}.${table}`, kind: 'model', ...origin }
      }),
  )
}

const fileItem = (label: string): Proposal => ({ label, kind: 'file' })

const mostFiles = 2000

function filesBelow(root: string, list: CompletionContext['list']): readonly string[] {
  const files: string[] = []
  const folders = [root]
  for (const folder of folders) {
    for (const name of list(folder)) {
      if (files.length >= mostFiles) return files
      if (!name.endsWith('/')) files.push(join(folder, name))
      else if (!isSkippedFolder(name)) folders.push(join(folder, name.slice(0, -1)))
    }
  }
  return files
}
