import { declarationFile, declarationFileName, dirname, findProjects } from '@modeldriver/engine'
import type { DeclarationsResult } from '@modeldriver/protocol'
import { readText } from '@modeldriver/runner/files'
import type { Handler } from '../context.ts'
import { isUpdateOnly, uriParam } from '../from-lsp.ts'

/**
 * What `modeldriver.d.ts` beside a project should be. While a file cannot be read whole, its features are not all known: an update
 * waits until they are.
 */
export const declarations: Handler<unknown, DeclarationsResult> =
  ({ projectAt, files, places, workspace }) =>
  (params) => {
    const found = projectAt(uriParam(params))
    if (!found) return null
    const folder = dirname(found.project.path)
    const path = `${folder}/${declarationFileName}`
    // Nobody watches it.
    const before = readText(path)
    if (isUpdateOnly(params) && before === undefined) return null
    const analyses = findProjects(folder, files)
      .filter((project) => dirname(project) === folder)
      .flatMap((project) => workspace.projectOf(project)?.analysis ?? [])
    const isBroken = analyses.some(({ snapshot }) =>
      [...snapshot.files.values()].some(({ syntaxErrors }) => syntaxErrors),
    )
    if (isUpdateOnly(params) && isBroken) return null
    const text = declarationFile(analyses, folder, files)
    return { uri: places.uriOf(path), text, isCurrent: text === before, isNew: before === undefined }
  }
